// Package directive reads the comments by which people talk to asynclint.
//
// Two families exist. Statements of intent say what a piece of code is
// ("//asynclint:daemon keeps the cache warm"); suppressions say that a report
// is known ("//asynclint:ignore chan-op-under-lock the reader never locks").
// A Set remembers which directives had an effect, so that needless ones can be
// reported.
package directive

import (
	"go/token"
)

// Kind is what a directive says.
type Kind uint8

const (
	Ignore      Kind = iota // silence the named rules or passes here
	Daemon                  // this goroutine lives as long as the process
	Detached                // this goroutine is left alone on purpose
	NonBlocking             // this function must not wait
	Blocking                // this function may wait, whatever its body says
	Unknown                 // meant for asynclint, but says nothing it knows
)

// kindNames spells the kinds; only those before Unknown can be written.
var kindNames = [...]string{"ignore", "daemon", "detached", "nonblocking", "blocking", "unknown"}

// String returns the kind as it is written behind "//asynclint:".
func (k Kind) String() string { return kindNames[k] }

// NeedsReason reports whether a directive of this kind must say why: all that
// ask a reader to trust what asynclint cannot see.
func (k Kind) NeedsReason() bool { return k == Ignore || k == Daemon || k == Detached }

// Problem is what is wrong with a directive by itself, before anything is
// known about rules and findings.
type Problem uint8

const (
	NoProblem   Problem = iota
	UnknownVerb         // "//asynclint:ingore": Guess is the nearest verb, or ""
	Spaced              // "// asynclint:ignore": a directive has no blank after the slashes
	NoNames             // an ignore that names neither rule nor pass
	NoReason            // the kind needs a reason and there is none
	Misplaced           // blocking or nonblocking where no function or interface method starts
)

// Directive is one comment.
type Directive struct {
	Kind    Kind
	Pos     token.Pos
	End     token.Pos
	Names   []string // rules or passes that Ignore silences
	Reason  string
	Nolint  bool // written as //nolint, which needs no reason
	Verb    string
	VerbEnd token.Pos // behind the verb, where a correction ends
	Problem Problem
	Guess   string // the verb that was probably meant, for UnknownVerb
	Used    bool   // it silenced or answered something; set by Set.All
}

// names reports whether an Ignore is about this rule of this pass.
func (d *Directive) names(rule, pass string) bool {
	for _, n := range d.Names {
		if n == rule || n == pass || n == Everything {
			return true
		}
	}
	return false
}
