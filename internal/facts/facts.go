// Package facts says, function by function, what a call can do to its caller.
//
// Facts are computed from syntax and types only (design: SSA would make go vet
// build every dependency), for the main module; other code is known by the
// knowledge tables. They are may-facts with one caveat: an effect is recorded
// only if it is visible in a body or listed in a table. Dynamic calls say
// nothing.
package facts

import (
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Wait is one way in which calling a function may wait in the caller's
// goroutine.
type Wait struct {
	op.Effect
	Via symbol.Name // the callee that waits; zero if the function's own body does
	At  string      // "file.go:12": the operation or the call to Via
}

// ChanUse says what a function does with a channel parameter.
type ChanUse struct {
	Param  int // index in the signature's parameters
	Sends  bool
	Recvs  bool
	Closes bool
}

// Promise is what a directive says of a function or interface method.
type Promise uint8

const (
	NoPromise          Promise = iota
	PromiseNonBlocking         // //asynclint:nonblocking
	PromiseBlocking            // //asynclint:blocking
)

// Summary is what is known of one function. Its zero value says "nothing".
type Summary struct {
	Known        bool   // a table, a fact or a body speaks: no Waits means it does not wait
	Waits        []Wait // at most one per kind, the longest, ordered by kind
	Spawns       bool   // may leave a goroutine behind that it does not join
	NeverReturns bool   // every path ends the process or panics
	DeadCtx      uint32 // bit i: parameter i is a context never really used
	Chans        []ChanUse
	Promise      Promise
}

// Worst returns the wait a caller should hear of first: outside waits without
// bound before bounded ones, lower tiers first.
func (s Summary) Worst() (w Wait, ok bool) {
	for _, x := range s.Waits {
		if !ok || worse(x.Effect, w.Effect) {
			w, ok = x, true
		}
	}
	return w, ok
}

func worse(a, b op.Effect) bool {
	if a.IsLong() != b.IsLong() {
		return a.IsLong()
	}
	return a.Tier < b.Tier
}
