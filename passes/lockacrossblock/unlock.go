package lockacrossblock

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file reports returns that leave a lock held which other returns of the
// same function release. Both are certain along their paths. Functions that
// hand a held lock to their caller are many; what is known of them is excused.

// judgeUnlocks judges the returns of f.
func (j *judge) judgeUnlocks(f *model.Func) {
	if f.IsLoopBody() || f.Obj == nil && len(f.Started) == 0 || handsOverLock(f) {
		return
	}
	for _, x := range j.locks.TakenAgain(f) {
		if x.Late || !j.mayBeMeant(f, x.Held) {
			j.addTakenAgain(f, x)
		}
	}
	left := slices.DeleteFunc(j.locks.LeftHeld(f), func(x lockset.Left) bool { return j.mayBeMeant(f, x.Held) || j.isHandedOver(f, x) })
	for _, x := range left {
		j.addMissingUnlock(f, x, left)
	}
}

// lockish matches names of functions that exist to take a lock.
var lockish = pattern.New(`(?i)((^|[^bc])lock|acquire|begin|enter|hold|grab|borrow|checkout|reserve)`)

// handsOverLock reports whether f is declared to return with a lock held: its
// name says so, or it returns a function that may unlock.
func handsOverLock(f *model.Func) bool {
	if f.Obj != nil && lockish.MatchString(f.Obj.Name()) {
		return true
	}
	for v := range f.SSA.Signature.Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}

// mayBeMeant reports whether somebody else may release the lock: a function
// that unlocks without locking, one that calls f and unlocks, a literal, or a
// method value.
func (j *judge) mayBeMeant(f *model.Func, h lockset.Held) bool {
	if h.Class == nil {
		return j.isNamelessShared(f, h) || hasUnlockValue(f)
	}
	for _, g := range j.locks.Releasers(h.Class) {
		if g != f && (g.Decl() == f.Decl() || calls(g, f) || j.releases(g, f, h.Class)) {
			return true
		}
	}
	return hasUnlockValue(f)
}

// releases reports whether g exists to release a lock that others have taken. A
// wrapper that f calls itself is judged by its other callers.
func (j *judge) releases(g, f *model.Func, class types.Object) bool {
	if !j.locks.MayRelease(g, class) {
		return false
	}
	if !calls(f, g) || g.IsExported() || g.EscapesAsValue() {
		return true
	}
	return slices.ContainsFunc(g.Callers, func(c *model.Call) bool {
		return c.From != f && (calls(c.From, f) || j.locks.MayRelease(c.From, class))
	})
}

// calls reports whether f calls g.
func calls(f, g *model.Func) bool {
	return slices.ContainsFunc(f.Calls, func(c *model.Call) bool { return c.To == g })
}

// isNamelessShared reports whether a lock that has no home, such as one out of a
// map, may be released elsewhere: its address goes somewhere, or another function
// unlocks such a lock.
func (j *judge) isNamelessShared(f *model.Func, h lockset.Held) bool {
	v, ok := h.Place.Root.(ssa.Value)
	if !ok || h.Value == nil || v.Referrers() == nil {
		return true
	}
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.Call:
			if !isMethodOn(i.Common(), v) && !i.Common().IsInvoke() {
				return true
			}
		case *ssa.Defer, *ssa.If, *ssa.BinOp, *ssa.DebugRef:
		default:
			return true
		}
	}
	for _, g := range j.Funcs {
		if g != f && j.locks.MayRelease(g, nil) {
			return true
		}
	}
	return false
}

// isHandedOver reports whether a lock may be left to the caller: with its object,
// or because no return unlocks it and other packages can. Of an object that
// nobody else knows the lock does not matter.
func (j *judge) isHandedOver(f *model.Func, x lockset.Left) bool {
	return returnsOwner(x) || x.Always && j.isOpen(x.Held.Class) || j.isPrivate(f, x.Held, x.Return)
}

// isOpen reports whether other packages can reach a lock, by its name or by
// methods of its package.
func (j *judge) isOpen(class types.Object) bool {
	v, ok := class.(*types.Var)
	return ok && (v.Exported() || v.Pkg() != j.Pass.Pkg) && (v.IsField() || isGlobal(v))
}

// returnsOwner reports whether a return hands the object of the lock to the
// caller, who may be meant to unlock it.
func returnsOwner(x lockset.Left) bool {
	for _, v := range x.Return.Results {
		if v == x.Held.Place.Root || ownerOf(x.Held.Value) == v {
			return true
		}
	}
	return false
}

// hasUnlockValue reports whether f makes a method value of an Unlock.
func hasUnlockValue(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && strings.Contains(mc.Fn.Name(), "nlock") {
				return true
			}
		}
	}
	return false
}
