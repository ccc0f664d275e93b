package lockacrossblock

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
)

// unlockFirst exchanges "s.out <- v; s.mu.Unlock()": the send is the last thing
// in the critical section, so the lock can go before it. The fix is safe if
// the operands are read from variables that the lock does not guard; nil if the
// two statements do not stand like this.
func (j *judge) unlockFirst(w *wait) (fix *analysis.SuggestedFix, safe bool) {
	if w.call != nil || w.op.Action != model.Send || len(w.all) != 1 {
		return nil, false
	}
	send, next := sendAndNext(w.from.Body, w.op.Pos)
	if send == nil || !j.unlocks(w, next) {
		return j.unlockNotDeferred(w)
	}
	first, second := types.ExprString(send.Chan)+" <- "+types.ExprString(send.Value), types.ExprString(next.X)
	if hasLit(send) {
		return nil, false
	}
	return &analysis.SuggestedFix{
		Message: "Unlock before the send",
		TextEdits: []analysis.TextEdit{
			replace(send.Pos(), send.End(), second),
			replace(next.Pos(), next.End(), first),
		},
	}, j.needsNoLock(w, send) && j.guardsMore(w, send)
}

// guardsMore reports whether anything but the send stands in the critical section:
// without the send an empty one would be left, and what the lock is for is not clear.
func (j *judge) guardsMore(w *wait, send *ast.SendStmt) (found bool) {
	lock := j.lockOp(w.from, w.held)
	if lock == nil || lock.Call == nil || lock.Call.End() > send.Pos() {
		return true
	}
	ast.Inspect(w.from.Body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && lock.Call.End() < s.Pos() && s.Pos() < send.Pos() {
			_, isDefer := s.(*ast.DeferStmt)
			found = found || !isDefer
		}
		return !found
	})
	return found
}

// needsNoLock reports whether the operands of a send may be read without the lock.
func (j *judge) needsNoLock(w *wait, send *ast.SendStmt) bool {
	return j.isUnguarded(send.Chan, true) && j.isUnguarded(send.Value, false) && !j.isCaptured(w.from, send)
}

// isCaptured reports whether a variable that a statement reads is shared with a
// literal, which may run elsewhere and lock to assign it.
func (j *judge) isCaptured(f *model.Func, n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if v, isVar := j.Pass.TypesInfo.Uses[id].(*types.Var); ok && isVar && !v.IsField() && j.isAssignedAgain(f.Decl(), v) {
			outer := f.Parent != nil && (v.Pos() < f.Syntax.Pos() || f.Syntax.End() <= v.Pos())
			found = found || outer || slices.ContainsFunc(f.Lits, func(lit *model.Func) bool { return j.uses(lit.Syntax, v) })
		}
		return !found
	})
	return found
}

// uses reports whether a variable is named in n.
func (j *judge) uses(n ast.Node, v *types.Var) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && j.Pass.TypesInfo.Uses[id] == v
		return !found
	})
	return found
}

// isAssignedAgain reports whether a variable is assigned, counted or handed out by
// its address after it is declared.
func (j *judge) isAssignedAgain(f *model.Func, v *types.Var) (found bool) {
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && j.Pass.TypesInfo.Uses[id] == v
	}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = found || slices.ContainsFunc(n.Lhs, is)
		case *ast.IncDecStmt:
			found = found || is(n.X)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(n.X)
		case *ast.RangeStmt:
			found = found || n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
		}
		return !found
	})
	return found
}

// sendAndNext finds the send with its arrow at pos and the expression statement
// right behind it.
func sendAndNext(body *ast.BlockStmt, pos token.Pos) (send *ast.SendStmt, next *ast.ExprStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		for i, s := range list {
			if s, ok := s.(*ast.SendStmt); ok && s.Arrow == pos && i+1 < len(list) {
				send = s
				next, _ = list[i+1].(*ast.ExprStmt)
			}
		}
		return send == nil
	})
	if next == nil {
		return nil, nil
	}
	return send, next
}

// unlocks reports whether a statement unlocks the lock of a wait.
func (j *judge) unlocks(w *wait, s *ast.ExprStmt) bool {
	for _, o := range w.from.Ops {
		if (o.Action == model.Unlock || o.Action == model.RUnlock) && !o.Deferred && o.Call == s.X {
			place, ok := j.locks.PlaceAt(o)
			return ok && place == w.held.Place
		}
	}
	return false
}

// isUnguarded reports whether reading an expression needs no lock: names and
// constants, and for the channel a field that is only set in new objects.
func (j *judge) isUnguarded(e ast.Expr, isChan bool) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		obj := j.Pass.TypesInfo.Uses[e]
		return obj != nil && (obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope())
	case *ast.SelectorExpr:
		v, ok := j.Pass.TypesInfo.Uses[e.Sel].(*types.Var)
		return ok && isChan && v.IsField() && !j.locks.IsReassigned(v) && j.isUnguarded(e.X, isChan)
	case *ast.CompositeLit:
		return len(e.Elts) == 0
	}
	return false
}

// hasLit reports whether a statement spans a function literal, which cannot be
// moved as text.
func hasLit(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		_, isLit := n.(*ast.FuncLit)
		found = found || isLit
		return !found
	})
	return found
}

// fixFor returns the safe and the unsafe fix of a finding.
func (j *judge) fixFor(w *wait, rule string) (safe, unsafe *analysis.SuggestedFix) {
	if rule != chanOpUnderLock && rule != lockDeadlock {
		return nil, nil
	}
	fix, isSafe := j.unlockFirst(w)
	if isSafe {
		return fix, nil
	}
	return nil, fix
}
