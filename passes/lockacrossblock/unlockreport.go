package lockacrossblock

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file words what unlock.go finds, at the statement to edit.

// addMissingUnlock reports a way out of a function, one of all that leave a lock
// held; the fix unlocks in front of the return or break, or defers the unlock.
func (j *judge) addMissingUnlock(f *model.Func, x lockset.Left, all []lockset.Left) {
	pos, what, away := x.Return.Pos(), "return", "other returns unlock it"
	if !pos.IsValid() {
		pos = f.Body.Rbrace
	}
	leave := j.onlyBreak(f, x)
	if leave != nil {
		pos, what = leave.Pos(), "break"
	}
	if x.Other == nil {
		away = "other ways unlock it"
	}
	message := fmt.Sprintf("%s is still locked at this %s (locked %s), %s; unlock before it", x.Held.Name, what, j.report.Where(pos, x.Held.Pos), away)
	finding := report.Finding{
		Rule: missingUnlock, Pos: pos, Defect: leaving{x.Held.Pos, pos},
		Message: clip(message, missingUnlock),
		Related: []analysis.RelatedInformation{report.Step(x.Held.Pos, "%s is locked here", x.Held.Name)},
	}
	if x.Other != nil && x.Other.Pos().IsValid() {
		finding.Related = append(finding.Related, report.Step(x.Other.Pos(), "this return comes after an unlock"))
	}
	if finding.Fix = j.deferInstead(f, x, all); finding.Fix == nil {
		finding.Fix, finding.Unsafe = j.unlockFix(f, x, pos, leave != nil)
	}
	j.note(finding)
}

// unlockFix returns the fix that unlocks in front of a statement, safe or not.
func (j *judge) unlockFix(f *model.Func, x lockset.Left, pos token.Pos, isBreak bool) (safe, unsafe *analysis.SuggestedFix) {
	fix := j.unlockBefore(f, x, pos)
	switch {
	case isBreak:
		return nil, fix
	case x.From != nil || !x.Return.Pos().IsValid():
		return nil, nil
	case j.readsNothing(f, x.Return):
		return fix, nil
	}
	return nil, fix
}

// deferInstead returns the fix that defers the unlock, if one of the returns that
// leave x's lock held reads what an unlock in front of it would let go of. It is the
// same for all of them, so that it and unlocks in front never come together.
func (j *judge) deferInstead(f *model.Func, x lockset.Left, all []lockset.Left) *analysis.SuggestedFix {
	reads := slices.ContainsFunc(all, func(o lockset.Left) bool {
		return o.Held.Pos == x.Held.Pos && (o.From != nil || !j.readsNothing(f, o.Return))
	})
	if !reads {
		return nil
	}
	return j.deferAfterLock(f, x.Held, all)
}

// leaving is a statement that leaves with a lock that was taken at from.
type leaving struct{ from, at token.Pos }

// onlyBreak returns the one break that leaves the loop in which the lock was
// taken without an unlock in front of it, if the return comes after the loop;
// nil if there is no such break or more than one.
func (j *judge) onlyBreak(f *model.Func, x lockset.Left) (found *ast.BranchStmt) {
	loop := f.LoopAt(x.Held.Pos)
	if loop == nil || loop.Contains(x.Return.Pos()) {
		return nil
	}
	count := 0
	eachBreak(loop.Body, loop.Label, false, func(list []ast.Stmt, b *ast.BranchStmt) {
		if b.Pos() > x.Held.Pos && !j.unlocksIn(list, b, x.Held.Class) {
			found = b
			count++
		}
	})
	if count != 1 {
		return nil
	}
	return found
}

// eachBreak calls f for each break that leaves a loop, with the list of
// statements that it ends; inner says that a break without label leaves less.
func eachBreak(n ast.Node, label string, inner bool, f func([]ast.Stmt, *ast.BranchStmt)) {
	ast.Inspect(n, func(c ast.Node) bool {
		var list []ast.Stmt
		switch c := c.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if c != n {
				eachBreak(c, label, true, f)
				return false
			}
		case *ast.BlockStmt:
			list = c.List
		case *ast.CaseClause:
			list = c.Body
		case *ast.CommClause:
			list = c.Body
		}
		if len(list) == 0 {
			return true
		}
		if b, ok := list[len(list)-1].(*ast.BranchStmt); ok && b.Tok == token.BREAK && (b.Label != nil && b.Label.Name == label || b.Label == nil && !inner) {
			f(list, b)
		}
		return true
	})
}

// unlocksIn reports whether a lock of a class is given back in a list of
// statements before the break that ends it.
func (j *judge) unlocksIn(list []ast.Stmt, b *ast.BranchStmt, class types.Object) bool {
	return slices.ContainsFunc(j.locks.Ops(class), func(o *model.Op) bool {
		return (o.Action == model.Unlock || o.Action == model.RUnlock) && list[0].Pos() <= o.Pos && o.Pos < b.Pos()
	})
}

// unlockBefore puts an Unlock in front of a statement.
func (j *judge) unlockBefore(f *model.Func, x lockset.Left, pos token.Pos) *analysis.SuggestedFix {
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
		TextEdits: []analysis.TextEdit{replace(pos, pos, text)},
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
	if x.Next {
		message = fmt.Sprintf("%s is still locked when the loop goes on to the next one (locked %s); unlock before", x.Held.Name, j.report.Where(pos, x.Op.Pos))
	}
	j.note(report.Finding{
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
	j.note(report.Finding{
		Rule: doubleLock, Pos: x.Op.Pos, Defect: defect{x.Op.Instr},
		Message: clip(x.Held.Name+" is locked by each turn of the loop, its deferred "+unlockName(x.Op)+" runs after the last; unlock in the loop", doubleLock),
	})
}
