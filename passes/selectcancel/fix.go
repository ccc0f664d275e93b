package selectcancel

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
)

// siblingFix calls the form with a context: the name grows, the context comes
// first. It keeps behaviour until the context ends, which is its purpose.
func siblingFix(call *ast.CallExpr, ctx model.Ctx, sibling *types.Func) *analysis.SuggestedFix {
	var name *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun
	case *ast.SelectorExpr:
		name = fun.Sel
	default:
		return nil
	}
	arg := ctx.Expr()
	if len(call.Args) > 0 {
		arg += ", "
	}
	return &analysis.SuggestedFix{
		Message: "Call " + sibling.Name(),
		TextEdits: []analysis.TextEdit{
			{Pos: name.Pos(), End: name.End(), NewText: []byte(sibling.Name())},
			{Pos: call.Lparen + 1, End: call.Lparen + 1, NewText: []byte(arg)},
		},
	}
}

// sleepFix replaces a sleep by a select. It adds a return, so it is unsafe; it
// is only offered where what to return is plain.
func (j *judge) sleepFix(o *model.Op, hear string) *analysis.SuggestedFix {
	ret, ok := returnText(o.Func, hear)
	if !ok || len(o.Call.Args) != 1 || !isStatement(o.Func, o.Call) {
		return nil
	}
	text := "select {\ncase <-time.After(" + types.ExprString(o.Call.Args[0]) + "):\ncase <-" + doneOf(hear) + ":\n" + ret + "\n}"
	return &analysis.SuggestedFix{
		Message:   "Wait for a timer and " + doneOf(hear) + " in a select",
		TextEdits: []analysis.TextEdit{{Pos: o.Call.Pos(), End: o.Call.End(), NewText: []byte(text)}},
	}
}

// returnText returns the statement that leaves f on cancellation.
func returnText(f *model.Func, hear string) (string, bool) {
	if f.IsLoopBody() {
		return "", false
	}
	results := f.SSA.Signature.Results()
	switch {
	case results.Len() == 0:
		return "return", true
	case results.Len() == 1 && types.Identical(results.At(0).Type(), types.Universe.Lookup("error").Type()) && !isChanExpr(hear):
		return "return " + hear + ".Err()", true
	}
	return "", false
}

// isStatement reports whether the call stands alone as a statement.
func isStatement(f *model.Func, call *ast.CallExpr) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if st, ok := n.(*ast.ExprStmt); ok && st.X == call {
			found = true
		}
		return !found
	})
	return found
}
