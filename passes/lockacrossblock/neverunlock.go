package lockacrossblock

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
)

// This file reports functions that never give back what they take, on no way out,
// where nobody else can: all who unlock such a lock have taken it themselves. And
// functions that hand out how to unlock, at the returns that forget to.

// judgeNeverUnlocked judges the locks that every return of f leaves held.
func (j *judge) judgeNeverUnlocked(f *model.Func) {
	if f.IsLoopBody() || f.Obj == nil && len(f.Started) == 0 || f.IsProcessLifetime() || f.Obj != nil && lockish.MatchString(f.Obj.Name()) || givesFunc(f) || isTeardown(f) || j.speaksOfHolding(f) {
		return
	}
	for _, x := range j.locks.NeverGivenBack(f) {
		if o := j.lockOp(f, x.Held); o == nil || o.Deferred || deferLocks(f, o) {
			continue
		}
		if x.Held.Class == nil || j.isOpen(x.Held.Class) || returnsOwner(x) || j.isPrivate(f, x.Held, x.Return) || j.mayBeGivenBack(f, x.Held.Class) {
			continue
		}
		name := x.Held.Name
		j.note(report.Finding{
			Rule: missingUnlock, Pos: x.Held.Pos, Defect: leaving{x.Held.Pos, x.Held.Pos},
			Message: clip(fmt.Sprintf("%s is locked here and %s never unlocks it, nor does anybody for it; unlock it, or defer that", name, calleeName(f)), missingUnlock),
			Related: []analysis.RelatedInformation{report.Step(x.Return.Pos(), "%s is still locked at this return", name)},
		})
	}
}

// holdingWord matches what comments say where a lock is left on purpose.
var holdingWord = pattern.New(`(?i)\b(stays?|keeps?|kept|holds?|held|release[sd]?|blocks?|blocked|(not|never|don't) unlock|unlock(s|ed)? (it |this )?(by|in|later|when|elsewhere))\b`)

// speaksOfHolding reports whether a comment of f, or one inside it, speaks of locks
// that stay.
func (j *judge) speaksOfHolding(f *model.Func) bool {
	if decl, ok := f.Decl().Syntax.(*ast.FuncDecl); ok && decl.Doc != nil && holdingWord.MatchString(decl.Doc.Text()) {
		return true
	}
	for _, file := range j.Pass.Files {
		if f.Body.Pos() < file.FileStart || f.Body.Pos() >= file.FileEnd {
			continue
		}
		return slices.ContainsFunc(file.Comments, func(c *ast.CommentGroup) bool {
			return f.Body.Pos() <= c.Pos() && c.End() <= f.Body.End() && holdingWord.MatchString(c.Text())
		})
	}
	return false
}

// deferLocks reports whether f defers to lock what o locks, which is another defect.
func deferLocks(f *model.Func, o *model.Op) bool {
	return slices.ContainsFunc(f.Ops, func(x *model.Op) bool { return lockset.IsAcquire(x) && x.Deferred && x.Class == o.Class })
}

// givesFunc reports whether f returns a function, which may unlock.
func givesFunc(f *model.Func) bool {
	for v := range f.SSA.Signature.Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}

// mayBeGivenBack reports whether anybody but f may unlock a lock of a class that
// he has not taken, or if nobody but f takes one, so that it does not matter.
func (j *judge) mayBeGivenBack(f *model.Func, class types.Object) bool {
	others := false
	for _, o := range j.locks.Ops(class) {
		switch {
		case lockset.IsAcquire(o):
			others = others || o.Func != f
		case o.Func.Decl() == f.Decl():
			return true
		case !j.hasTaken(o):
			return true
		}
	}
	return !others || slices.ContainsFunc(j.Funcs, func(g *model.Func) bool { return j.isUnlockHandedOn(g, class) })
}

// hasTaken reports whether an unlock gives back what its own function has taken,
// on every path.
func (j *judge) hasTaken(o *model.Op) bool {
	place, ok := j.locks.PlaceAt(o)
	if !ok {
		return false
	}
	v, ok := j.locks.FactAt(o.Func, o.Instr, place)
	return !ok || v.Atoms.IsHeldHere()
}

// isUnlockHandedOn reports whether g makes a value of the Unlock of a lock of a
// class, or hands such a lock on.
func (j *judge) isUnlockHandedOn(g *model.Func, class types.Object) bool {
	for _, b := range g.SSA.Blocks {
		if slices.ContainsFunc(b.Instrs, func(i ssa.Instruction) bool { return j.handsOn(i, class) }) {
			return true
		}
	}
	return false
}

// handsOn reports whether an instruction makes a value of a method of a lock of a
// class, or hands such a lock on.
func (j *judge) handsOn(instr ssa.Instruction, class types.Object) bool {
	switch i := instr.(type) {
	case *ssa.FieldAddr:
		return model.FieldOf(i.X.Type(), i.Field) == class && isHandedOn(i)
	case *ssa.MakeClosure:
		return slices.ContainsFunc(i.Bindings, func(v ssa.Value) bool { return isLockAddr(v) && j.ClassOf(v) == class })
	}
	return false
}

// isLockAddr reports whether a value is the address of a field.
func isLockAddr(v ssa.Value) bool { _, ok := v.(*ssa.FieldAddr); return ok }

// isHandedOn reports whether the address of a lock goes anywhere but to the
// lock's own methods.
func isHandedOn(addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		i, ok := ref.(ssa.CallInstruction)
		if !ok {
			if _, isDebug := ref.(*ssa.DebugRef); !isDebug {
				return true
			}
			continue
		}
		fn := i.Common().StaticCallee()
		if fn == nil || fn.Object() == nil || fn.Object().Pkg() == nil || fn.Object().Pkg().Path() != "sync" {
			return true
		}
	}
	return false
}

// judgeUnlent judges the returns of a function that hands out how to unlock.
func (j *judge) judgeUnlent(f *model.Func) {
	for _, x := range j.locks.LeftUnlent(f) {
		if returnsOwner(x) || slices.ContainsFunc(j.locks.Releasers(x.Held.Class), func(g *model.Func) bool {
			isLent := g.Parent != nil && givesFunc(g.Decl()) // by whoever holds the lock then
			return g.Decl() != f.Decl() && !isLent && j.locks.MayRelease(g, x.Held.Class)
		}) {
			continue
		}
		j.note(report.Finding{
			Rule: missingUnlock, Pos: x.Return.Pos(), Defect: leaving{x.Held.Pos, x.Return.Pos()},
			Message: clip(fmt.Sprintf("%s is still locked at this return (locked %s), which hands out no way to unlock it; unlock before it", x.Held.Name, j.report.Where(x.Return.Pos(), x.Held.Pos)), missingUnlock),
			Related: []analysis.RelatedInformation{report.Step(x.Held.Pos, "%s is locked here", x.Held.Name)},
		})
	}
}
