package lockacrossblock

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file takes a send that ends a function out of the critical section of a
// deferred unlock: "mu.Lock(); defer mu.Unlock(); n++; out <- v". Without the defer a
// panic in between would leave the lock held, so nothing in between may panic.

// unlockNotDeferred unlocks before the send that is the last statement of its
// function, instead of by defer; nil if the statements do not stand like this.
func (j *judge) unlockNotDeferred(w *wait) (fix *analysis.SuggestedFix, safe bool) {
	list := w.from.Body.List
	send := lastSend(list, w.op.Pos)
	lock := j.lockOp(w.from, w.held)
	if send == nil || hasLit(send) || lock == nil || !j.isOnlyPair(w, lock) || !j.needsNoLock(w, send) {
		return nil, false
	}
	k := indexOf(list, lock.Call)
	if k < 0 || k+1 >= len(list) {
		return nil, false
	}
	unlock, ok := list[k+1].(*ast.DeferStmt)
	root, named := rootName(lock.Call)
	if !ok || !named || !j.unlocksHere(w, unlock.Call) || !isSimple(list[k+2:], send, root) {
		return nil, false
	}
	return &analysis.SuggestedFix{
		Message: "Unlock before the send",
		TextEdits: []analysis.TextEdit{
			replace(list[k].End(), unlock.End(), ""),
			replace(send.Pos(), send.Pos(), types.ExprString(unlock.Call)+"\n"),
		},
	}, j.guardsMore(w, send)
}

// lastSend returns the send with its arrow at pos if it is the last statement of a
// body, or nil.
func lastSend(list []ast.Stmt, pos token.Pos) *ast.SendStmt {
	if len(list) == 0 {
		return nil
	}
	if s, ok := list[len(list)-1].(*ast.SendStmt); ok && s.Arrow == pos {
		return s
	}
	return nil
}

// isOnlyPair reports whether a function does nothing else with a lock's class than
// to take it once and to defer its unlock, and defers nothing else.
func (j *judge) isOnlyPair(w *wait, lock *model.Op) bool {
	for _, o := range j.locks.Ops(w.held.Class) {
		if o.Func.Decl() == w.from.Decl() && o != lock && (o.Func != w.from || !o.Deferred || lockset.IsAcquire(o)) {
			return false
		}
	}
	defers := 0
	ast.Inspect(w.from.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.DeferStmt); ok {
			defers++
		}
		return true
	})
	return defers == 1
}

// indexOf returns the index of the statement that is a call, or -1.
func indexOf(list []ast.Stmt, call *ast.CallExpr) int {
	for i, s := range list {
		if x, ok := s.(*ast.ExprStmt); ok && x.X == call {
			return i
		}
	}
	return -1
}

// unlocksHere reports whether a deferred call gives back the lock of a wait.
func (j *judge) unlocksHere(w *wait, call *ast.CallExpr) bool {
	for _, o := range w.from.Ops {
		if (o.Action == model.Unlock || o.Action == model.RUnlock) && o.Deferred && o.Call == call {
			place, ok := j.locks.PlaceAt(o)
			return ok && place == w.held.Place
		}
	}
	return false
}

// rootName returns the variable that the path to a lock starts at.
func rootName(call *ast.CallExpr) (name string, ok bool) {
	e := ast.Expr(call)
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.CallExpr:
			e = x.Fun
		case *ast.SelectorExpr:
			e = x.X
		case *ast.Ident:
			return x.Name, true
		default:
			return "", false
		}
	}
}

// isSimple reports whether the statements up to the send only assign and count, so
// that none of them can panic: fields of the object that has the lock, variables.
func isSimple(list []ast.Stmt, send *ast.SendStmt, root string) bool {
	for _, s := range list {
		if s == ast.Stmt(send) {
			return true
		}
		switch s := s.(type) {
		case *ast.IncDecStmt:
			if !isSimpleExpr(s.X, root) {
				return false
			}
		case *ast.AssignStmt:
			if s.Tok == token.QUO_ASSIGN || s.Tok == token.REM_ASSIGN || s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
				return false
			}
			for _, e := range append(s.Lhs[:len(s.Lhs):len(s.Lhs)], s.Rhs...) {
				if !isSimpleExpr(e, root) {
					return false
				}
			}
		default:
			return false
		}
	}
	return false
}

// isSimpleExpr reports whether reading or assigning an expression cannot panic.
func isSimpleExpr(e ast.Expr, root string) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.BasicLit:
		return true
	case *ast.SelectorExpr:
		id, ok := e.X.(*ast.Ident)
		return ok && id.Name == root
	case *ast.BinaryExpr:
		switch e.Op {
		case token.QUO, token.REM, token.SHL, token.SHR, token.EQL, token.NEQ: // interfaces may not compare
			return false
		}
		return isSimpleExpr(e.X, root) && isSimpleExpr(e.Y, root)
	}
	return false
}
