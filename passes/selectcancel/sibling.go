package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// tokenPos shortens named results.
type tokenPos = token.Pos

// builders are functions that do not wait themselves but decide whether what
// they build can be cancelled.
var builders = map[symbol.Name]bool{
	{Pkg: "os/exec", Func: "Command"}:     true,
	{Pkg: "net/http", Func: "NewRequest"}: true,
}

// judgeSiblings judges ctx-sibling-ignored in one function.
func (j *judge) judgeSiblings(f *model.Func, ctx model.Ctx, hasCtx bool) {
	if !hasCtx || f.Pkg.IsTestFile(f.Syntax.Pos()) {
		return
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt:
			return false
		case *ast.CallExpr:
			j.judgeSibling(f, ctx, n)
		}
		return true
	})
}

func (j *judge) judgeSibling(f *model.Func, ctx model.Ctx, call *ast.CallExpr) {
	fn, _ := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if fn == nil || !j.isWorthContext(fn, call) {
		return
	}
	sibling := knowledge.Sibling(fn)
	if sibling == nil || f.Decl().Obj == sibling || j.isHandedContext(f, fn) || isWatched(f) || j.isInStop(f, call.Pos()) || isNilGuarded(f, call.Pos(), ctx.Var) {
		return
	}
	j.deaf[ctx.Var] = true
	j.report.Add(report.Finding{
		Rule:    "ctx-sibling-ignored",
		Pos:     call.Pos(),
		End:     call.End(),
		Message: short(call.Fun) + " cannot be ended by " + ctx.Expr() + "; call " + sibling.Name() + "(" + ctx.Expr() + ", …)",
		Fix:     siblingFix(call, ctx, sibling),
	})
}

// isWorthContext reports whether fn waits, or builds something that will.
func (j *judge) isWorthContext(fn *types.Func, call *ast.CallExpr) bool {
	if builders[symbol.Of(fn)] {
		return true
	}
	w, ok := j.Facts.Call(call)
	return ok && w.Tier == 1 && w.Kind.IsOutside()
}

// isHandedContext reports whether a request built without a context gets one
// later in the function.
func (j *judge) isHandedContext(f *model.Func, builder *types.Func) bool {
	if builder.Name() != "NewRequest" {
		return false
	}
	found := false
	ast.Inspect(f.Decl().Body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "WithContext" || sel.Sel.Name == "Clone") {
			found = true
		}
		return !found
	})
	return found
}

// isWatched reports whether f is a goroutine whose spawner listens to a stop
// signal while it waits for f: what ends the wait is up to the spawner.
func isWatched(f *model.Func) bool {
	for _, s := range f.Started {
		for _, sel := range s.Func.Selects {
			if sel.HasCase(model.Stop) {
				return true
			}
		}
	}
	return false
}

// isInStop reports whether pos lies in a Stop case of f.
func (j *judge) isInStop(f *model.Func, pos token.Pos) bool {
	for _, s := range f.Selects {
		for _, k := range s.Cases {
			if k.Kind == model.Stop && k.Contains(pos) {
				return true
			}
		}
	}
	return false
}
