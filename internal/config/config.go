// Package config holds what users can set.
//
// There is one struct with one set of defaults; command-line flags, the file
// .asynclint.yml and golangci-lint's settings all fill the same fields.
package config

import (
	"sync/atomic"
	"time"

	"github.com/asynclint/asynclint/internal/rule"
)

// Settings is everything a user can change. The zero value is not useful; start
// from Default.
type Settings struct {
	Level       rule.Level    // rules above this level stay silent
	Enable      []string      // rules on whatever the level
	Disable     []string      // rules off whatever the level; passes may be named too
	Facts       string        // "module": facts for the main module only; "all": everywhere
	UnsafeFixes bool          // also offer fixes that may change behaviour
	Blocking    []string      // further knowledge rows, in the tables' syntax
	MinSleep    time.Duration // constant sleeps below this do not count
	HugeBuffer  int           // channel capacity from which huge-buffer speaks
	BufferBytes int64         // element size × capacity from which huge-buffer speaks
}

// Default returns the settings used where nothing is set.
func Default() *Settings {
	return &Settings{
		Level:       rule.Default,
		Facts:       "module",
		MinSleep:    100 * time.Millisecond,
		HugeBuffer:  65536,
		BufferBytes: 64 << 20,
	}
}

// On reports whether r may speak under these settings. strict says that this
// one finding belongs to level strict although its rule does not.
func (s *Settings) On(r rule.Rule, strict bool) bool {
	switch {
	case contains(s.Disable, r.Name) || contains(s.Disable, r.Pass):
		return false
	case contains(s.Enable, r.Name):
		return true
	case r.Level == rule.Strict || strict:
		return s.Level == rule.Strict
	}
	return true
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// active is the one piece of global state: analyzers have no other way to be
// told their settings by every driver.
var active atomic.Pointer[Settings]

// Use makes s the settings of this process. Drivers call it once before the
// first pass runs.
func Use(s *Settings) { active.Store(s) }

// Active returns the settings of this process.
func Active() *Settings {
	if s := active.Load(); s != nil {
		return s
	}
	return Default()
}
