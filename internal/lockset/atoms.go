package lockset

import "math/bits"

// Atoms is a set of things that may be true of one lock at one point. Joining
// paths is union, so it is a may-set; what all members agree on is certain.
//
// An atom says whether the lock is held, how that compares with the moment the
// function was entered, and what a deferred call will still do to it.
type Atoms uint64

// state is an atom without what is deferred.
type state uint8

const (
	onEntry   state = iota // as it was on entry, whatever that was
	lockedW                // locked here
	lockedR                // read-locked here
	free                   // locked and unlocked again here
	released               // unlocked here, locked by somebody before
	relockedW              // held now and on entry
	relockedR              // read-held now and on entry
	states
)

// pending is what a deferred call will do to the lock.
type pending uint8

const (
	nothing pending = iota
	willUnlock
	willLock
	willBoth // lock, then unlock: the lock was deferred after the unlock
	willSwap // unlock, then lock
	pendings
)

// action is one thing that happens to a lock.
type action uint8

const (
	doLock action = iota
	doRLock
	doUnlock
	doDeferUnlock
	doDeferLock
	doExit // deferred calls run
)

// atom returns the set of one: a state and what is deferred.
func atom(s state, p pending) Atoms { return 1 << (uint(s)*uint(pendings) + uint(p)) }

// entryOnly is what is known of a lock before the function touches it.
var entryOnly = atom(onEntry, nothing)

// anything is what is known of a lock after something that may do what it likes.
var anything = atom(onEntry, nothing) | atom(lockedW, nothing) | atom(free, nothing) | atom(released, nothing)

// after is what each action makes of a state; the deferring ones leave it.
var after = [...][states]state{
	doLock:   {onEntry: lockedW, lockedW: lockedW, lockedR: lockedW, free: lockedW, released: relockedW, relockedW: relockedW, relockedR: relockedW},
	doRLock:  {onEntry: lockedR, lockedW: lockedW, lockedR: lockedR, free: lockedR, released: relockedR, relockedW: relockedW, relockedR: relockedR},
	doUnlock: {onEntry: released, lockedW: free, lockedR: free, free: released, released: released, relockedW: released, relockedR: released},
}

// all calls f for each atom of a.
func (a Atoms) all(f func(s state, p pending)) {
	for rest := uint64(a); rest != 0; rest &= rest - 1 {
		n := uint(bits.TrailingZeros64(rest))
		f(state(n/uint(pendings)), pending(n%uint(pendings)))
	}
}

// do returns what may be true after act.
func (a Atoms) do(act action) Atoms {
	var out Atoms
	a.all(func(s state, p pending) {
		switch act {
		case doDeferUnlock:
			p = deferred(p, willLock, willUnlock, willSwap)
		case doDeferLock:
			p = deferred(p, willUnlock, willLock, willBoth)
		case doExit:
			s, p = settle(s, p), nothing
		default:
			s = after[act][s]
		}
		out |= atom(s, p)
	})
	return out
}

// deferred returns what is pending after one more deferred call: alone it does
// single, with one that was deferred before, it does both.
func deferred(p, before, single, both pending) pending {
	if p == before {
		return both
	}
	return single
}

// settle carries out what is deferred.
func settle(s state, p pending) state {
	switch p {
	case willUnlock:
		return after[doUnlock][s]
	case willLock:
		return after[doLock][s]
	case willBoth:
		return after[doUnlock][after[doLock][s]]
	case willSwap:
		return after[doLock][after[doUnlock][s]]
	}
	return s
}

// every reports whether a is not empty and all its states are among want.
func (a Atoms) every(want ...state) bool {
	ok := a != 0
	a.all(func(s state, _ pending) {
		found := false
		for _, w := range want {
			found = found || s == w
		}
		ok = ok && found
	})
	return ok
}

// some reports whether one of a's states is among want.
func (a Atoms) some(want ...state) bool {
	found := false
	a.all(func(s state, _ pending) {
		for _, w := range want {
			found = found || s == w
		}
	})
	return found
}

// IsHeld reports whether the lock is certainly held.
func (a Atoms) IsHeld() bool { return a.every(lockedW, lockedR, relockedW, relockedR) }

// IsHeldHere reports whether the lock is certainly held and was locked here.
func (a Atoms) IsHeldHere() bool { return a.every(lockedW, lockedR) }

// IsReadHeld reports whether the lock is certainly held, for reading only.
func (a Atoms) IsReadHeld() bool { return a.every(lockedR, relockedR) }

// WillUnlock reports whether a deferred call will certainly unlock.
func (a Atoms) WillUnlock() bool {
	ok := a != 0
	a.all(func(_ state, p pending) { ok = ok && p == willUnlock })
	return ok
}

// IsTakenHere reports whether the lock is certainly held and was locked here as far
// as is known: a pointer on its way may have been assigned before.
func (a Atoms) IsTakenHere() bool { return a.IsHeld() && a.some(lockedW, lockedR) }

// Outlasts reports whether the lock was locked here and is certainly still held
// when all deferred calls have run.
func (a Atoms) Outlasts() bool { return a.IsHeldHere() && a.do(doExit).IsHeldHere() }

// MayBeFree reports whether the lock may have been locked and unlocked here.
func (a Atoms) MayBeFree() bool { return a.some(free) }

// IsFree reports whether the lock was certainly held here, or on entry, and has
// been unlocked since.
func (a Atoms) IsFree() bool { return a.every(free, released) }

// MayBeReleased reports whether a lock held on entry may be unlocked now.
func (a Atoms) MayBeReleased() bool { return a.some(released) }

// compose returns what may be true after a call whose net effect is effect.
func (a Atoms) compose(effect Atoms) Atoms {
	var out Atoms
	effect.all(func(s state, _ pending) {
		switch s {
		case onEntry:
			out |= a
		case lockedW:
			out |= a.do(doLock)
		case lockedR:
			out |= a.do(doRLock)
		case free:
			out |= a.lockAndUnlock()
		case released:
			out |= a.do(doUnlock)
		case relockedW:
			out |= a.do(doUnlock).do(doLock)
		case relockedR:
			out |= a.do(doUnlock).do(doRLock)
		}
	})
	return out
}

// lockAndUnlock is what a callee that takes a lock for itself leaves behind: a
// lock the caller holds stays as it is (taking it twice is another story).
func (a Atoms) lockAndUnlock() Atoms {
	var out Atoms
	a.all(func(s state, p pending) {
		switch s {
		case onEntry:
			s = free
		}
		out |= atom(s, p)
	})
	return out
}

// postpone returns what may be true after a call with this net effect was
// deferred.
func (a Atoms) postpone(effect Atoms) Atoms {
	var out Atoms
	effect.all(func(s state, _ pending) {
		switch s {
		case lockedW, lockedR:
			out |= a.do(doDeferLock)
		case released:
			out |= a.do(doDeferUnlock)
		default:
			out |= a
		}
	})
	return out
}
