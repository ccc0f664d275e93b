// Package config holds what users can set.
//
// There is one struct with one set of defaults; command-line flags, the file
// .asynclint.yml and golangci-lint's settings all fill the same fields, through
// the same decoder: each source is first turned into a tree of values that know
// where they were written.
package config

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/rule"
)

// Settings is everything a user can change. The zero value is not useful; start
// from Default. What each field means to users is said in options.
type Settings struct {
	Level       rule.Level      // rules above this level stay silent
	Enable      []string        // rules on whatever the level; a pass stands for its rules
	Disable     []string        // rules off whatever the level; a pass stands for its rules
	Passes      map[string]bool // passes that were switched; what is missing is on
	Facts       string          // FactsModule or FactsAll
	UnsafeFixes bool            // also offer fixes that may change behaviour
	Blocking    []string        // further knowledge rows, in the tables' syntax
	MinSleep    time.Duration   // constant sleeps below this do not count
	HugeBuffer  int             // channel capacity from which huge-buffer speaks
	BufferBytes int64           // element size × capacity from which huge-buffer speaks
	MaxStates   int             // states of one function's runs that the model checker explores

	// HostNolint says that the driver applies //nolint itself. golangci-lint
	// does, and calls a comment unused if its finding never arrives. It is the
	// driver's to set, not the user's.
	HostNolint bool
}

const (
	// FactsModule computes facts for the main module and its workspace; the
	// knowledge tables speak for all other code.
	FactsModule = "module"
	// FactsAll computes facts for every dependency, which costs minutes.
	FactsAll = "all"
)

// Default returns the settings used where nothing is set.
func Default() *Settings {
	return &Settings{
		Level:       rule.Default,
		Facts:       FactsModule,
		MinSleep:    100 * time.Millisecond,
		HugeBuffer:  65536,
		BufferBytes: 64 << 20,
		MaxStates:   600,
	}
}

// On reports whether r may speak under these settings. strict says that this
// one finding belongs to level strict although its rule does not. A rule's own
// name beats its pass's, and off beats on.
func (s *Settings) On(r rule.Rule, strict bool) bool {
	switch {
	case !s.PassOn(r.Pass):
		return false
	case slices.Contains(s.Disable, r.Name):
		return false
	case slices.Contains(s.Enable, r.Name):
		return true
	case slices.Contains(s.Disable, r.Pass):
		return false
	case slices.Contains(s.Enable, r.Pass):
		return true
	case r.Level == rule.Strict || strict:
		return s.Level == rule.Strict
	}
	return true
}

// PassOn reports whether a pass as a whole was left on.
func (s *Settings) PassOn(pass string) bool {
	on, set := s.Passes[pass]
	return on || !set
}

// Rows returns the knowledge rows that users added. Rows that do not parse were
// refused when the settings were read.
func (s *Settings) Rows() []knowledge.Entry {
	var rows []knowledge.Entry
	for _, text := range s.Blocking {
		if e, err := knowledge.Parse(text); err == nil {
			rows = append(rows, e)
		}
	}
	return rows
}

// active is the one piece of global state: analyzers have no other way to be
// told their settings by every driver.
var active atomic.Pointer[Settings]

// unchanged is what Active returns where nothing was set.
var unchanged = Default()

// Use makes s the settings of this process. Drivers call it once before the
// first pass runs; s must not change afterwards.
func Use(s *Settings) { active.Store(s) }

// Active returns the settings of this process. They must not be changed.
func Active() *Settings {
	if s := active.Load(); s != nil {
		return s
	}
	return unchanged
}
