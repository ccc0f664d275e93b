// Package knowledge says what functions do whose bodies asynclint does not
// read: the standard library's and popular modules'.
//
// The tables are data, embedded from tables/*.tsv; this file only describes a
// row. Users add rows of the same syntax by settings.
package knowledge

import (
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Condition says what must be looked at before a row's effect holds.
type Condition uint8

const (
	// Always: the row holds for every call.
	Always Condition = iota
	// IfRequestPlain: bounded if the request argument was built with a context.
	IfRequestPlain
	// IfCommandPlain: bounded if the *exec.Cmd receiver came from CommandContext.
	IfCommandPlain
	// IfChainPlain: bounded if WithContext, SetContext or Context was called
	// earlier on the receiver's call chain.
	IfChainPlain
	// IfOutside: waits only if a reader or writer among receiver and arguments
	// is a connection or body; memory and unknown operands do not count.
	IfOutside
	// IfArgPlain: bounded if some argument is the result of a call that was
	// given a context, such as retry.Context(ctx) or (*QueryOptions).WithContext.
	IfArgPlain
	// IfClientPlain: bounded if the client or dialer (receiver or argument) was
	// built with a Timeout or Deadline field.
	IfClientPlain
	// IfLimited: waits only if a limit was set on the receiver before, by
	// SetLimit or WithMaxGoroutines.
	IfLimited
)

// conditionNames are the conditions as tables and settings spell them.
var conditionNames = [...]string{"-", "request-plain", "command-plain", "chain-plain", "outside",
	"arg-plain", "client-plain", "limited"}

// String returns the condition's name as tables and settings spell it.
func (c Condition) String() string {
	if int(c) < len(conditionNames) {
		return conditionNames[c]
	}
	return "?"
}

// Entry is what the tables say about one function.
type Entry struct {
	Name   symbol.Name
	Effect op.Effect
	Cond   Condition
	Advice string // what to do instead, ready for a message; may be empty
	Note   string // why, for people
}
