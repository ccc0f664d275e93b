package lockacrossblock

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/report"
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
	for _, x := range j.locks.LeftHeld(f) {
		if !j.mayBeMeant(f, x.Held) {
			j.addMissingUnlock(f, x)
		}
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
// that unlocks without locking, a literal, or a method value.
func (j *judge) mayBeMeant(f *model.Func, h lockset.Held) bool {
	if h.Class == nil {
		return true
	}
	unlocks := false
	for _, o := range j.locks.Ops(h.Class) {
		switch o.Action {
		case model.TryLock, model.TryRLock:
			if o.Func == f {
				return true
			}
		case model.Unlock, model.RUnlock:
			unlocks = unlocks || o.Func == f
			if o.Func != f && (o.Func.Decl() == f.Decl() || j.locks.MayRelease(o.Func, h.Class)) {
				return true
			}
		}
	}
	return !unlocks || hasUnlockValue(f)
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

// addMissingUnlock reports a return; the fix unlocks in front of it.
func (j *judge) addMissingUnlock(f *model.Func, x lockset.Left) {
	pos := x.Return.Pos()
	if !pos.IsValid() {
		pos = f.Body.Rbrace
	}
	message := fmt.Sprintf("%s is still locked at this return (locked %s), other returns unlock it; unlock before it", x.Held.Name, j.report.Where(pos, x.Held.Pos))
	finding := report.Finding{
		Rule: missingUnlock, Pos: pos, Defect: defect{x.Return},
		Message: clip(message, missingUnlock),
		Related: []analysis.RelatedInformation{report.Step(x.Held.Pos, "%s is locked here", x.Held.Name)},
	}
	if x.Other.Pos().IsValid() {
		finding.Related = append(finding.Related, report.Step(x.Other.Pos(), "this return comes after an unlock"))
	}
	if x.Return.Pos().IsValid() {
		fix := j.unlockBefore(f, x)
		if j.readsNothing(f, x.Return) {
			finding.Fix = fix
		} else {
			finding.Unsafe = fix
		}
	}
	j.report.Add(finding)
}

// unlockBefore puts an Unlock in front of a return statement.
func (j *judge) unlockBefore(f *model.Func, x lockset.Left) *analysis.SuggestedFix {
	o := j.lockOp(f, x.Held)
	if o == nil {
		return nil
	}
	sel, ok := ast.Unparen(o.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	text := types.ExprString(sel.X) + "." + unlockName(o) + "()\n"
	return &analysis.SuggestedFix{
		Message:   "Unlock before the return",
		TextEdits: []analysis.TextEdit{replace(x.Return.Pos(), x.Return.Pos(), text)},
	}
}

// lockOp returns the operation that took a lock in f, or nil.
func (j *judge) lockOp(f *model.Func, h lockset.Held) *model.Op {
	for _, o := range f.Ops {
		if lockset.IsAcquire(o) && o.Pos == h.Pos {
			return o
		}
	}
	return nil
}

// readsNothing reports whether a return's operands are names and constants, so
// that nothing guarded is read after an unlock in front of it.
func (j *judge) readsNothing(f *model.Func, ret *ssa.Return) bool {
	stmt := returnAt(f.Body, ret.Pos())
	if stmt == nil {
		return false
	}
	for _, e := range stmt.Results {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident, *ast.BasicLit:
		case *ast.SelectorExpr:
			if id, ok := e.X.(*ast.Ident); !ok || !j.isPackage(id) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isPackage reports whether a name is that of an import.
func (j *judge) isPackage(id *ast.Ident) bool {
	_, ok := j.Pass.TypesInfo.Uses[id].(*types.PkgName)
	return ok
}

// returnAt finds the return statement at pos.
func returnAt(body *ast.BlockStmt, pos token.Pos) (found *ast.ReturnStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok && r.Pos() == pos {
			found = r
		}
		return found == nil
	})
	return found
}

// addTakenAgain reports a turn of a loop that ends with a lock held which the
// next turn takes.
func (j *judge) addTakenAgain(f *model.Func, x lockset.Again) {
	if x.Late {
		j.addLate(x)
		return
	}
	pos := x.Op.Pos
	if c := onlyContinue(f, x.Op); c != nil {
		pos = c.Pos()
	}
	message := fmt.Sprintf("%s is still locked when the loop comes round and locks it again (%s); unlock before", x.Held.Name, j.report.Where(pos, x.Op.Pos))
	j.report.Add(report.Finding{
		Rule: missingUnlock, Pos: pos, Defect: defect{x.Op.Instr},
		Message: clip(message, missingUnlock),
		Related: []analysis.RelatedInformation{report.Step(x.Op.Pos, "%s is locked here, by each turn of the loop", x.Held.Name)},
	})
}

// onlyContinue returns the one continue statement behind a lock operation in its
// loop, or nil.
func onlyContinue(f *model.Func, o *model.Op) (found *ast.BranchStmt) {
	loop := f.LoopAt(o.Pos)
	if loop == nil {
		return nil
	}
	count := 0
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.CONTINUE && b.Pos() > o.Pos {
			found = b
			count++
		}
		return true
	})
	if count != 1 {
		return nil
	}
	return found
}

// addLate reports a lock in a loop whose deferred Unlock comes only after the
// loop: the second turn waits for ever.
func (j *judge) addLate(x lockset.Again) {
	j.report.Add(report.Finding{
		Rule: doubleLock, Pos: x.Op.Pos, Defect: defect{x.Op.Instr},
		Message: clip(x.Held.Name+" is locked by each turn of the loop, its deferred "+unlockName(x.Op)+" runs after the last; unlock in the loop", doubleLock),
	})
}
