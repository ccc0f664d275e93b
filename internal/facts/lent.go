package facts

import (
	"go/ast"
	"strings"
)

// This file recognises functions that lock and return how to unlock: "mu.Lock();
// return mu.Unlock". Must: the last statement is the only return.

// isLent reports whether a body ends by returning the Unlock of a lock, or a
// literal that does nothing but to call it, and unlocks it nowhere else.
func (r *lockReader) isLent(ref LockRef, body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	ret, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 || r.isGivenBack(ref, body, ret.Pos()) {
		return false
	}
	for _, s := range body.List[:len(body.List)-1] {
		if mayLeave(s) {
			return false
		}
	}
	e := ast.Unparen(ret.Results[0])
	if lit, ok := e.(*ast.FuncLit); ok {
		if len(lit.Body.List) != 1 {
			return false
		}
		stmt, ok := lit.Body.List[0].(*ast.ExprStmt)
		if !ok {
			return false
		}
		call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		e = ast.Unparen(call.Fun)
	}
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	at, fn, ok := r.selected(sel)
	return ok && isLockMethod(fn) && at.isSame(ref) && strings.HasSuffix(fn.Name(), "Unlock")
}
