package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// SolutionOf returns what is known in f, entered as it normally is: with the
// locks that its name or comment promises, or, for a literal that is called on
// the spot and for a loop body, with what is held there.
func (ix *Index) SolutionOf(f *model.Func) *Solution {
	if sol := ix.solutions[f]; sol != nil {
		return sol
	}
	ix.SummaryOf(f) // first, so that recursion ends there
	held := ix.inherited(f)
	pl := ix.planOf(f)
	held = append(held, ix.assumed(f)...)
	sol := pl.solve(held)
	ix.solutions[f] = sol
	return sol
}

// HeldAt returns the locks that are certainly held before an instruction of f,
// in the order in which f first touches them. For a defer statement these are the
// locks that are held when the deferred call runs: their own deferred Unlock
// comes later, because it was deferred earlier.
func (ix *Index) HeldAt(f *model.Func, at ssa.Instruction) []Held {
	sol := ix.SolutionOf(f)
	st, ok := sol.before(at)
	if !ok {
		return nil
	}
	_, deferred := at.(*ssa.Defer)
	var out []Held
	for n, v := range st {
		if v.Atoms.IsHeld() && (!deferred || v.Atoms.WillUnlock()) {
			out = append(out, sol.held(n, v))
		}
	}
	return out
}

// HasLocks reports whether f touches or is entered with any lock; the question
// is cheaper than looking at each point.
func (ix *Index) HasLocks(f *model.Func) bool { return len(ix.SolutionOf(f).entry) > 0 }

// held describes a lock that is held.
func (sol *Solution) held(n int, v Fact) Held {
	id := sol.pl.locks[n]
	h := Held{Place: id.place, Class: id.class, Name: id.name, Pos: v.Pos, By: v.By, Assumed: v.Assumed, Value: id.value}
	if v.Atoms.IsReadHeld() {
		h.Mode = Read
	}
	return h
}

// before returns what is known before an instruction; ok is false if it cannot
// be reached.
func (sol *Solution) before(at ssa.Instruction) (st []Fact, ok bool) {
	if sol.flow == nil {
		return nil, true
	}
	in, ok := sol.flow.In(at.Block())
	if !ok {
		return nil, false
	}
	return sol.replay(at.Block(), in, slices.Index(at.Block().Instrs, at)), true
}

// IsEnteredWith reports whether f, each time, gives back a lock of a class that it
// has not taken, and has not touched before an instruction: whoever calls it holds
// the lock.
func (ix *Index) IsEnteredWith(f *model.Func, at ssa.Instruction, class types.Object) bool {
	for _, eff := range ix.SummaryOf(f).Effects {
		if eff.Class != class || !eff.Out.every(released) {
			continue
		}
		if v, ok := ix.FactAt(f, at, eff.Place); ok && v.Atoms == entryOnly {
			return true
		}
	}
	return false
}

// IsUntouched reports whether f has certainly done nothing to the lock at place
// before an instruction.
func (ix *Index) IsUntouched(f *model.Func, at ssa.Instruction, place model.Place) bool {
	v, ok := ix.FactAt(f, at, place)
	return ok && v.Atoms == entryOnly
}

// FactAt returns what is known of the lock at place before an instruction of f;
// ok is false if f does not touch it or does not get there.
func (ix *Index) FactAt(f *model.Func, at ssa.Instruction, place model.Place) (v Fact, ok bool) {
	sol := ix.SolutionOf(f)
	n, ok := sol.pl.index[place]
	if !ok || n >= len(sol.entry) {
		return Fact{}, false
	}
	st, ok := sol.before(at)
	if !ok {
		return Fact{}, false
	}
	return st[n], true
}

// IsLoose reports whether a place of f may mean different locks at different
// times, because a pointer on its path is assigned again.
func (ix *Index) IsLoose(f *model.Func, place model.Place) bool {
	pl := ix.planOf(f)
	n, ok := pl.index[place]
	return !ok || pl.locks[n].loose
}

// IsLooseValue reports whether a pointer in f is read from where it is assigned
// again.
func (ix *Index) IsLooseValue(f *model.Func, v ssa.Value) bool { return ix.planOf(f).identify(v).loose }

// IsWeak reports whether a place of f is told apart by an SSA value only.
func (ix *Index) IsWeak(f *model.Func, place model.Place) bool {
	pl := ix.planOf(f)
	n, ok := pl.index[place]
	return !ok || pl.locks[n].weak
}

// PlaceAt returns the place of an operation on a lock as this analysis knows
// it; ok is false for a lock that cannot be told from others.
func (ix *Index) PlaceAt(o *model.Op) (place model.Place, ok bool) {
	id := ix.planOf(o.Func).identifyOp(o)
	return id.place, !id.place.IsZero()
}

// Through translates a callee's effect into the caller's words.
func (ix *Index) Through(c *model.Call, eff Effect) (place model.Place, name string, ok bool) {
	pl := ix.planOf(c.From)
	id, ok := pl.place(pl.translation(c), eff)
	return id.place, id.name, ok
}

// MayTake reports whether a call may take a lock of a class that the caller can
// name by where it lives, so that it is the same object all the way down.
func (ix *Index) MayTake(c *model.Call, class types.Object) bool {
	for _, eff := range ix.SummaryOf(c.To).Effects {
		if eff.Class != class || !eff.Out.some(lockedW, lockedR, free) {
			continue
		}
		if id, ok := ix.planOf(c.From).place(ix.planOf(c.From).translation(c), eff); ok && !id.weak {
			return true
		}
	}
	return false
}

// IsKept reports whether a lock that the caller of c holds is certainly still
// held at an instruction of the callee.
func (ix *Index) IsKept(c *model.Call, h Held, at ssa.Instruction) bool {
	sol := ix.SolutionOf(c.To)
	st, ok := sol.before(at)
	if !ok {
		return false
	}
	for n, id := range sol.pl.locks {
		if n < len(st) && id.class == h.Class && st[n].Atoms.some(released, free) {
			return false
		}
	}
	return true
}

// MayRelease reports whether f exists to release a lock of a class: it unlocks
// what it did not lock, for certain at some return, or anywhere if it never
// locks the class.
func (ix *Index) MayRelease(f *model.Func, class types.Object) bool {
	locks := slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Class == class && IsAcquire(o) })
	sol := ix.SolutionOf(f)
	for n, id := range sol.pl.locks {
		if id.class != class || n >= len(sol.entry) {
			continue
		}
		found := false
		sol.Returns(func(_ *ssa.Return, st []Fact) {
			found = found || st[n].Atoms.every(released) || !locks && st[n].Atoms.MayBeReleased()
		})
		if found {
			return true
		}
	}
	return false
}
