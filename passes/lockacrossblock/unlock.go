package lockacrossblock

import (
	"go/ast"
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
	if f.IsLoopBody() || f.Obj == nil && len(f.Started) == 0 || returnsFunc(f) {
		return
	}
	named := f.Obj != nil && lockish.MatchString(f.Obj.Name())
	for _, x := range j.locks.TakenAgain(f) {
		if !named && (x.Late || !j.mayBeMeant(f, x.Held)) {
			j.addTakenAgain(f, x)
		}
	}
	left := slices.DeleteFunc(j.leftHeld(f), func(x lockset.Left) bool {
		return named && !j.isNeverGivenBack(f, x.Held) || j.mayBeMeant(f, x.Held) || j.isHandedOver(f, x)
	})
	for _, x := range left {
		j.addMissingUnlock(f, x, left)
	}
}

// leftHeld returns the locks that f leaves held, whatever a parameter says of them.
func (j *judge) leftHeld(f *model.Func) []lockset.Left {
	left := j.locks.LeftHeld(f)
	for _, x := range j.locks.LeftHeldGiven(f) {
		isSame := func(y lockset.Left) bool { return y.Held.Pos == x.Held.Pos && y.Return == x.Return }
		if !slices.ContainsFunc(left, isSame) {
			left = append(left, x)
		}
	}
	return left
}

// isNeverGivenBack reports whether nobody could give back a lock that f returns
// with, whatever the name of f says: it is called, only this package can name the
// lock, and each function of it that unlocks one has taken it itself.
func (j *judge) isNeverGivenBack(f *model.Func, h lockset.Held) bool {
	if h.Class == nil || j.isOpen(h.Class) || h.Class.Pkg() != j.Pass.Pkg || len(f.Callers) == 0 || mentionsHeld(f) {
		return false
	}
	if slices.ContainsFunc(j.Funcs, func(g *model.Func) bool { return j.makesUnlock(g, h.Class) }) {
		return false
	}
	return !slices.ContainsFunc(j.locks.Releasers(h.Class), func(g *model.Func) bool {
		return g != f && j.locks.MayRelease(g, h.Class)
	})
}

// makesUnlock reports whether f makes a method value of an Unlock of a lock of a
// class, or of one of which nothing is known.
func (j *judge) makesUnlock(f *model.Func, class types.Object) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			mc, ok := instr.(*ssa.MakeClosure)
			if !ok || !strings.Contains(mc.Fn.Name(), "nlock") || len(mc.Bindings) != 1 {
				continue
			}
			if c := j.ClassOf(mc.Bindings[0]); c == nil || c == class {
				return true
			}
		}
	}
	return false
}

// mentionsHeld reports whether the comment of f speaks of a lock that is held.
func mentionsHeld(f *model.Func) bool {
	decl, ok := f.Decl().Syntax.(*ast.FuncDecl)
	return ok && decl.Doc != nil && heldWord.MatchString(decl.Doc.Text())
}

// heldWord matches what comments say of functions that return with a lock.
var heldWord = pattern.New(`(?i)\b(hold|holds|holding|held|locked|unlock|unlocks|release|releases|released)\b`)

// lockish matches names of functions that exist to take a lock, and are meant to
// return with it.
var lockish = pattern.New(`(?i)((^|[^bc])lock|acquire|begin|enter|hold|grab|borrow|checkout|reserve)`)

// returnsFunc reports whether f returns a function, which may unlock.
func returnsFunc(f *model.Func) bool {
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
		if g != f && (g.Decl() == f.Decl() || j.callsFree(g, f, h.Class) || j.releases(g, f, h.Class)) {
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

// callsFree reports whether g calls f where it does not hold a lock of a class
// itself: only then can it be left with one.
func (j *judge) callsFree(g, f *model.Func, class types.Object) bool {
	return slices.ContainsFunc(g.Calls, func(c *model.Call) bool {
		return c.To == f && !slices.ContainsFunc(j.locks.HeldAt(g, c.Instr), func(h lockset.Held) bool { return h.Class == class })
	})
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
