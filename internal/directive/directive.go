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
)

var kindNames = [...]string{"ignore", "daemon", "detached", "nonblocking", "blocking"}

// String returns the kind as it is written behind "//asynclint:".
func (k Kind) String() string { return kindNames[k] }

// Directive is one comment.
type Directive struct {
	Kind   Kind
	Pos    token.Pos
	Names  []string // rules or passes that Ignore silences
	Reason string
	Nolint bool // written as //nolint, which needs no reason
}
