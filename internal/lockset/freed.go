package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds unlocks that certainly find the lock unlocked, or held in the
// other mode: on every path that leads there. Either ends the process.

// Wrong is an unlock that does not fit what is held.
type Wrong struct {
	Op     *model.Op // the unlock
	Held   Held      // what is held instead, in the other mode; or which lock it is
	Return *ssa.Return
	Before *model.Op // gave the lock back already, or nil if the mode is wrong
}

// WrongUnlocks returns the unlocks of f that do not fit what is held.
func (ix *Index) WrongUnlocks(f *model.Func) (out []Wrong) {
	sol := ix.SolutionOf(f)
	if sol.flow == nil {
		return nil
	}
	for _, o := range f.Ops {
		if o.Action != model.Unlock && o.Action != model.RUnlock {
			continue
		}
		place, ok := ix.PlaceAt(o)
		n, known := sol.pl.index[place]
		if !ok || !known || n >= len(sol.entry) || sol.pl.locks[n].loose || !isStable(sol.pl.locks[n]) {
			continue
		}
		if w, ok := sol.wrong(o, n); ok && !sol.isTakenTwice(n) {
			out = append(out, w)
		}
	}
	return out
}

// isTakenTwice reports whether lock n may be taken while it is held, so that it
// takes several unlocks: that is another defect, or a read lock.
func (sol *Solution) isTakenTwice(n int) bool {
	for _, events := range sol.pl.events {
		for _, e := range events {
			if !takes(e, n) {
				continue
			}
			if st, ok := sol.before(e.instr); ok && st[n].Atoms.some(lockedW, lockedR, relockedW, relockedR) {
				return true
			}
		}
	}
	return false
}

// wrong judges one unlock of lock n.
func (sol *Solution) wrong(o *model.Op, n int) (Wrong, bool) {
	st, ok := sol.before(o.Instr)
	if !ok {
		return Wrong{}, false
	}
	v := st[n]
	w := Wrong{Op: o, Held: sol.held(n, v)}
	reading := o.Action == model.RUnlock
	switch {
	case v.Atoms.every(lockedW) && reading, v.Atoms.every(lockedR) && !reading:
		return w, v.By == nil && (!o.Deferred || !sol.isTouchedAfter(o, n))
	case o.Deferred:
		w.Return, w.Before = sol.freedBefore(o, n)
	case v.Atoms.every(free):
		w.Before = sol.unlockBefore(o.Instr, n)
	}
	return w, w.Before != nil
}

// isTouchedAfter reports whether anything may happen to lock n after a defer
// statement and before the deferred call.
func (sol *Solution) isTouchedAfter(o *model.Op, n int) bool {
	for _, events := range sol.pl.events {
		for _, e := range events {
			if e.instr == o.Instr || e.kind == onExit || !sol.pl.f.MayFollow(o.Instr, e.instr) {
				continue
			}
			if e.kind == onForgetAll || e.kind != onCall && e.lock == n || e.kind == onCall && touches(e, n) {
				return true
			}
		}
	}
	return false
}

// touches reports whether a call does anything to lock n.
func touches(e event, n int) bool {
	for _, p := range e.effects {
		if p.lock == n || p.lock < 0 {
			return true
		}
	}
	return false
}

// freedBefore returns a return at which lock n is free on every path, though the
// deferred unlock o is certainly still to come, and what freed it.
func (sol *Solution) freedBefore(o *model.Op, n int) (*ssa.Return, *model.Op) {
	for _, e := range sol.ends() {
		for _, instr := range e.ret.Block().Instrs {
			if _, ok := instr.(*ssa.RunDefers); !ok {
				continue
			}
			st, ok := sol.before(instr)
			if !ok || !st[n].Atoms.every(free) || !st[n].Atoms.WillUnlock() || !model.Before(o.Instr, instr) {
				continue
			}
			if x := sol.unlockBefore(instr, n); x != nil {
				return e.ret, x
			}
		}
	}
	return nil, nil
}

// unlockBefore returns the last unlock of lock n, in source order, that comes
// before an instruction on every path.
func (sol *Solution) unlockBefore(at ssa.Instruction, n int) (last *model.Op) {
	for _, o := range sol.pl.f.Ops {
		isUnlock := (o.Action == model.Unlock || o.Action == model.RUnlock) && !o.Deferred
		if !isUnlock || o.Instr == at || !model.Before(o.Instr, at) {
			continue
		}
		if id := sol.pl.identify(o.Value); sol.pl.locks[n].place == id.place && (last == nil || o.Pos > last.Pos) {
			last = o
		}
	}
	return last
}
