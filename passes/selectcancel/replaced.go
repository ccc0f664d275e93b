package selectcancel

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file finds context parameters that their function replaces by a context of
// its own, which ends when the function returns and not before: to listen to it
// would cut nothing short. Must: the replacement is a statement of the function's
// body, made from nothing, and its cancel is only deferred.

// isReplaced reports whether a context parameter stands for such a context.
func (j *judge) isReplaced(ctx model.Ctx) bool {
	if ctx.Kind != model.CtxParam || ctx.Owner.Body == nil {
		return false
	}
	for _, stmt := range ctx.Owner.Body.List {
		set, ok := stmt.(*ast.AssignStmt)
		if ok && len(set.Rhs) == 1 && j.names(set.Lhs[0], ctx.Var) && j.isRootless(set.Rhs[0]) {
			return len(set.Lhs) == 1 || j.isOnlyDeferred(ctx.Owner, set.Lhs[1])
		}
	}
	return false
}

// names reports whether e is the name of v.
func (j *judge) names(e ast.Expr, v *types.Var) bool {
	id, ok := e.(*ast.Ident)
	return ok && j.Pass.TypesInfo.ObjectOf(id) == v
}

// isRootless reports whether e makes a context that no other context ends, and no
// time.
func (j *judge) isRootless(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := typeutil.StaticCallee(j.Pass.TypesInfo, call)
	if fn == nil {
		return false
	}
	switch name := symbol.Of(fn); {
	case name.Pkg != "context":
		return false
	case name.Func == "Background" || name.Func == "TODO" || name.Func == "WithoutCancel":
		return true
	default:
		return derivers[name] == "cancel" && j.isRootless(call.Args[0])
	}
}

// isOnlyDeferred reports whether a cancel function is dropped, or deferred and used
// for nothing else.
func (j *judge) isOnlyDeferred(f *model.Func, e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	cancel := j.Pass.TypesInfo.ObjectOf(id)
	if cancel == nil {
		return id.Name == "_"
	}
	only := true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt:
			if fun, ok := n.Call.Fun.(*ast.Ident); ok && j.Pass.TypesInfo.Uses[fun] == cancel {
				return false
			}
		case *ast.Ident:
			only = only && j.Pass.TypesInfo.Uses[n] != cancel
		}
		return only
	})
	return only
}
