// Package pattern has regular expressions that are compiled when they are first
// asked.
//
// Go vet starts the tool once per package, dependencies included, and most of
// these processes end before any expression is needed: compiling the ones of
// all passes took a third of their time.
package pattern

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression, safe for concurrent use.
type Pattern struct {
	compile func() *regexp.Regexp
}

// New returns the pattern that expr writes, in the syntax of package regexp. An
// expression that does not compile panics at its first use; a test in
// internal/conventions compiles them all.
func New(expr string) *Pattern {
	return &Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
}

// Regexp returns the compiled expression.
func (p *Pattern) Regexp() *regexp.Regexp { return p.compile() }

// MatchString reports whether s contains a match.
func (p *Pattern) MatchString(s string) bool { return p.compile().MatchString(s) }
