package facts

import (
	"go/ast"
)

// This file tells what a function certainly does. Must: a call counts if it stands
// as a statement of its own where nothing has returned yet; calls in branches that
// all come to the same are missed.

// steadyCalls lists the calls that stand as statements of their own in a
// function's outermost block, before anything in it may return.
func steadyCalls(decl *ast.FuncDecl) map[ast.Node]bool {
	var found map[ast.Node]bool
	for _, stmt := range decl.Body.List {
		if e, ok := stmt.(*ast.ExprStmt); ok {
			if call, ok := ast.Unparen(e.X).(*ast.CallExpr); ok {
				if found == nil {
					found = map[ast.Node]bool{}
				}
				found[call] = true
			}
			continue
		}
		if mayLeave(stmt) {
			break
		}
	}
	return found
}
