// Package facts says, function by function, what a call can do to its caller.
//
// Facts are computed from syntax and types only (SSA would make go vet build
// every dependency), for the main module; other code is known by the knowledge
// tables. They are may-facts with one caveat: an effect is recorded only if it
// is visible in a body or listed in a table.
//
// Knowingly missed: calls through function values and, unless a row or a
// directive speaks, through interfaces; function literals that are neither
// called at once, deferred nor handed to a function known to call them.
package facts

import (
	"time"

	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Wait is one way in which calling a function may wait in the caller's
// goroutine.
type Wait struct {
	op.Effect
	Via    symbol.Name   // the callee that waits; zero if the function's own body does
	At     string        // "file.go:12": the operation or the call to Via
	Dur    time.Duration // how long a sleep lasts if that is known, else 0
	AtMost bool          // Dur is a limit in view of a sleep whose length is computed
	Always bool          // a sleep that every call of the function comes to
	Bare   bool          // a send on a channel that its package makes without a buffer only
	Ctx    int           // 1 + index of the context parameter that ends the wait; 0: none, or another context
	Then   []Step        // in facts: the chain from Via on, because the facts of its links may not travel
}

// Step is one link of a chain of calls that ends in a wait.
type Step struct {
	Name symbol.Name // the function
	At   string      // "file.go:12" in it: its wait or its call of the next step; "" if its body is not read
	Sure bool        // every call of it sleeps
}

// ChanUse says what a function does with a channel parameter, in whatever
// goroutine.
type ChanUse struct {
	Param  int // index in the signature's parameters
	Sends  bool
	Recvs  bool
	Closes bool
}

// Promise is what a directive says of a function or interface method.
type Promise uint8

const (
	// NoPromise: no directive speaks.
	NoPromise Promise = iota
	// PromiseNonBlocking is //asynclint:nonblocking.
	PromiseNonBlocking
	// PromiseBlocking is //asynclint:blocking.
	PromiseBlocking
)

// Summary is what is known of one function. Its zero value says "nothing".
type Summary struct {
	Known        bool       // a table, a fact or a body speaks: no Waits means it does not wait
	Waits        []Wait     // at most one per kind, the longest, ordered by kind
	Spawns       bool       // may leave a goroutine behind that it does not join
	NeverReturns bool       // every path ends the process, panics or loops for ever
	DeadCtx      uint32     // bit i: parameter i is a context never really used
	Chans        []ChanUse  // by parameter
	Locks        []LockUse  // of the receiver and parameters, in the order of the body
	Orders       []LockPair // the same, one taken under another
	Runs         []FuncUse  // of parameters that are functions
	Promise      Promise
}

// Worst returns the wait a caller should hear of first: long waits before
// others, then outside ones, then lower tiers.
func (s Summary) Worst() (w Wait, ok bool) {
	for _, x := range s.Waits {
		if !ok || worse(x.Effect, w.Effect) {
			w, ok = x, true
		}
	}
	return w, ok
}

// worse orders effects by how much a caller must hear of them.
func worse(a, b op.Effect) bool {
	switch {
	case a.IsLong() != b.IsLong():
		return a.IsLong()
	case a.Kind.IsOutside() != b.Kind.IsOutside():
		return a.Kind.IsOutside()
	}
	return a.Tier < b.Tier
}

// Wait returns the summary's wait of this kind.
func (s Summary) Wait(kind op.Kind) (w Wait, ok bool) {
	for _, w := range s.Waits {
		if w.Kind == kind {
			return w, true
		}
	}
	return Wait{}, false
}

// IsDeadCtx reports whether the function never really uses its i-th parameter,
// a context.
func (s Summary) IsDeadCtx(i int) bool { return i >= 0 && i < 32 && s.DeadCtx&(1<<i) != 0 }

// Chan returns what the function does with its i-th parameter, a channel.
func (s Summary) Chan(i int) ChanUse {
	for _, u := range s.Chans {
		if u.Param == i {
			return u
		}
	}
	return ChanUse{Param: i}
}

// isEmpty reports whether the summary says nothing worth a fact.
func (s Summary) isEmpty() bool {
	return len(s.Waits) == 0 && !s.Spawns && !s.NeverReturns && s.DeadCtx == 0 &&
		len(s.Chans) == 0 && len(s.Locks) == 0 && len(s.Orders) == 0 && len(s.Runs) == 0 && s.Promise == NoPromise
}

// addWait keeps the longer of w and what s has of its kind; of equals the
// earlier stays. It reports whether s changed.
func (s *Summary) addWait(w Wait) bool {
	if !w.Waits() {
		return false
	}
	for i, old := range s.Waits {
		if old.Kind == w.Kind {
			if !isLonger(w, old) {
				return false
			}
			s.Waits[i] = w
			return true
		}
		if old.Kind > w.Kind {
			s.Waits = append(s.Waits[:i], append([]Wait{w}, s.Waits[i:]...)...)
			return true
		}
	}
	s.Waits = append(s.Waits, w)
	return true
}

// boundRank orders bounds by how long they let a wait last.
var boundRank = [...]int{op.Unbounded: 3, op.Timeout: 0, op.Context: 1, op.Unknown: 2, op.NeverReturns: 4}

// isLonger orders the waits of one kind. It is a strict order, so keeping the
// longest ends.
func isLonger(a, b Wait) bool {
	switch {
	case a.IsLong() != b.IsLong():
		return a.IsLong()
	case a.Bound != b.Bound:
		return boundRank[a.Bound] > boundRank[b.Bound]
	case a.Tier != b.Tier:
		return a.Tier < b.Tier
	case a.Bare != b.Bare:
		return a.Bare
	case a.AtMost != b.AtMost:
		return b.AtMost
	}
	return a.Dur > b.Dur
}

// addChan merges u into s and reports whether s changed.
func (s *Summary) addChan(u ChanUse) bool {
	if !u.Sends && !u.Recvs && !u.Closes {
		return false
	}
	for i, old := range s.Chans {
		if old.Param == u.Param {
			u.Sends, u.Recvs, u.Closes = u.Sends || old.Sends, u.Recvs || old.Recvs, u.Closes || old.Closes
			s.Chans[i] = u
			return u != old
		}
		if old.Param > u.Param {
			s.Chans = append(s.Chans[:i], append([]ChanUse{u}, s.Chans[i:]...)...)
			return true
		}
	}
	s.Chans = append(s.Chans, u)
	return true
}
