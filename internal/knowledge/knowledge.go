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
	// IfRequestPlain: bounded if the *http.Request argument was built with a context.
	IfRequestPlain
	// IfCommandPlain: bounded if the *exec.Cmd receiver came from CommandContext.
	IfCommandPlain
	// IfChainPlain: bounded if WithContext, SetContext or Context was called
	// earlier on the receiver's call chain.
	IfChainPlain
	// IfOutside: waits only if a reader or writer argument is a connection or
	// body; memory and unknown operands do not count.
	IfOutside
)

// Entry is what the tables say about one function.
type Entry struct {
	Name   symbol.Name
	Effect op.Effect
	Cond   Condition
	Advice string // what to use instead, ready for a message; may be empty
	Note   string // why, for people
}
