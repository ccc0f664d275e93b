package lockacrossblock

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
)

// unlockFirst exchanges "s.out <- v; s.mu.Unlock()": the send is the last thing
// in the critical section, so the lock can go before it. The fix is safe if
// the operands are read from variables that the lock does not guard; nil if the
// two statements do not stand like this.
func (j *judge) unlockFirst(w *wait) (fix *analysis.SuggestedFix, safe bool) {
	if w.call != nil || w.op.Action != model.Send {
		return nil, false
	}
	send, next := sendAndNext(w.from.Body, w.op.Pos)
	if send == nil || len(w.all) != 1 || !j.unlocks(w, next) {
		return nil, false
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
	}, j.isUnguarded(send.Chan, true) && j.isUnguarded(send.Value, false)
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
