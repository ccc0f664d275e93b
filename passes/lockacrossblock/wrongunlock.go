package lockacrossblock

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file reports unlocks of locks that are not held, or held in the other
// mode, on every path. Whatever may take the lock in between under another name
// excuses them.

// judgeWrongUnlocks judges the unlocks of f.
func (j *judge) judgeWrongUnlocks(f *model.Func) {
	for _, x := range j.locks.WrongUnlocks(f) {
		switch {
		case x.Before == nil:
			j.addWrongMode(x)
		case !j.mayBeTakenBetween(f, x):
			j.addFreedTwice(x)
		}
	}
}

// mayBeTakenBetween reports whether the lock may be taken under another name, or
// by somebody who is called, between its unlock and the second one.
func (j *judge) mayBeTakenBetween(f *model.Func, x lockset.Wrong) bool {
	end := x.Op.Instr
	if x.Return != nil {
		end = x.Return
	}
	isBetween := func(i ssa.Instruction) bool {
		return i != end && f.MayFollow(x.Before.Instr, i) && f.MayFollow(i, end)
	}
	for _, o := range f.Ops {
		if lockset.IsLockOp(o) && o.Instr != x.Before.Instr && isBetween(o.Instr) && (o.Class == nil || o.Class == x.Held.Class || isLocker(o)) && o != x.Op {
			return true
		}
	}
	for _, c := range f.AllCalls() {
		if isBetween(c.Instr) && j.mayTouch(c.To)[x.Held.Class] {
			return true
		}
	}
	return callsUnknown(f, isBetween)
}

// isLocker reports whether an operation is on a lock behind an interface.
func isLocker(o *model.Op) bool { return o.Value != nil && types.IsInterface(o.Value.Type()) }

// callsUnknown reports whether a function value, or a function that is named for
// locking, is called among some instructions.
func callsUnknown(f *model.Func, among func(ssa.Instruction) bool) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			i, ok := instr.(ssa.CallInstruction)
			if !ok || !among(instr) {
				continue
			}
			switch common := i.Common(); {
			case common.IsInvoke() && lockish.MatchString(common.Method.Name()):
				return true
			case !common.IsInvoke() && common.StaticCallee() == nil:
				if _, isBuiltin := common.Value.(*ssa.Builtin); !isBuiltin {
					return true
				}
			}
		}
	}
	return false
}

// addFreedTwice reports an unlock that finds the lock unlocked.
func (j *judge) addFreedTwice(x lockset.Wrong) {
	name := lockset.LockName(x.Op)
	message := name + " is unlocked again (unlocked " + j.report.Where(x.Op.Pos, x.Before.Pos) + " already), which ends the process; drop one of the two"
	pos, related := x.Op.Pos, report.Step(x.Before.Pos, "%s is unlocked here", name)
	if x.Return != nil {
		pos, related = x.Before.Pos, report.Step(x.Op.Pos, "%s is deferred here", x.Op.Callee.Name())
		message = name + " is unlocked again by the " + x.Op.Callee.Name() + " deferred " + j.report.Where(pos, x.Op.Pos) + ", which ends the process; drop one of the two"
	}
	j.note(report.Finding{
		Rule: unlockOfUnlocked, Pos: pos, Defect: defect{x.Op.Instr},
		Message: clip(message, unlockOfUnlocked), Related: []analysis.RelatedInformation{related},
	})
}

// addWrongMode reports an Unlock of a read lock, or an RUnlock of a write lock.
func (j *judge) addWrongMode(x lockset.Wrong) {
	name, want := lockset.LockName(x.Op), "Unlock"
	how := "locked"
	if x.Held.Mode == lockset.Read {
		want, how = "RUnlock", "read-locked"
	}
	message := name + " is " + how + " (" + j.report.Where(x.Op.Pos, x.Held.Pos) + "), and " + x.Op.Callee.Name() + " of it ends the process; call " + want
	f := report.Finding{
		Rule: unlockOfUnlocked, Pos: x.Op.Pos, Defect: defect{x.Op.Instr},
		Message: clip(message, unlockOfUnlocked),
		Related: []analysis.RelatedInformation{report.Step(x.Held.Pos, "%s is %s here", name, how)},
	}
	if sel, ok := ast.Unparen(x.Op.Call.Fun).(*ast.SelectorExpr); ok {
		f.Fix = &analysis.SuggestedFix{Message: "Call " + want, TextEdits: []analysis.TextEdit{replace(sel.Sel.Pos(), sel.Sel.End(), want)}}
	}
	j.note(f)
}
