package selectcancel

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
)

// siblingFix calls the form with a context: the name grows, the context comes
// first. It keeps behaviour until the context ends, which is its purpose.
func (j *judge) siblingFix(call *ast.CallExpr, ctx model.Ctx, sibling *types.Func) *analysis.SuggestedFix {
	name := j.calledName(call)
	if name == nil || !j.isVisible(call, ctx.Var) {
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

// calledName returns the name of the callee, nil for a method expression, whose
// first argument is the receiver, and for other forms of call.
func (j *judge) calledName(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		if sel := j.Pass.TypesInfo.Selections[fun]; sel != nil && sel.Kind() != types.MethodVal {
			return nil
		}
		return fun.Sel
	}
	return nil
}

// isVisible reports whether v's name means v where the node is, or another
// context that took its place.
func (j *judge) isVisible(at ast.Node, v *types.Var) bool {
	inner := j.Pass.Pkg.Scope().Innermost(at.Pos())
	if inner == nil {
		return false
	}
	_, obj := inner.LookupParent(v.Name(), at.Pos())
	if obj == types.Object(v) {
		return true
	}
	other, ok := obj.(*types.Var)
	return ok && model.IsContext(v.Type()) && model.IsContext(other.Type())
}

// sleepFix replaces a sleep, or a bare receive from a clock, by a select. It
// adds a return, so it is unsafe; it is only offered where what to return is
// plain.
func (j *judge) sleepFix(o *model.Op, hear hearable) *analysis.SuggestedFix {
	stmt := statementAt(o)
	ret, ok := j.returnText(o.Func, hear)
	if stmt == nil || !ok || !j.isVisible(stmt, hear.root) {
		return nil
	}
	wait := timerText(stmt.X)
	if wait == "" {
		return nil
	}
	text := "select {\ncase " + wait + ":\ncase <-" + hear.done + ":\n" + ret + "\n}"
	return &analysis.SuggestedFix{
		Message:   "Wait for a timer and " + hear.done + " in a select",
		TextEdits: []analysis.TextEdit{{Pos: stmt.Pos(), End: stmt.End(), NewText: []byte(text)}},
	}
}

// timerText returns the receive that waits as long as the statement does: the
// statement itself, or that of time.After for time.Sleep, under the name that
// the file gives package time. It is "" for other calls.
func timerText(e ast.Expr) string {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return types.ExprString(e)
	}
	if len(call.Args) != 1 {
		return ""
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Sleep" {
		return ""
	}
	return "<-" + types.ExprString(sel.X) + ".After(" + types.ExprString(call.Args[0]) + ")"
}

// returnText returns the statement that leaves f on cancellation: nothing to
// return, or zero values and at the end the context's error.
func (j *judge) returnText(f *model.Func, hear hearable) (string, bool) {
	if f.SSA.Signature.Results().Len() > 0 && (!hear.isCtx || !f.ReturnsError()) {
		return "", false
	}
	return f.LeaveText(hear.name + ".Err()")
}

// isError reports whether t is the type error.
func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// statementAt returns the statement that consists of the operation and stands in
// a list of statements, where a select can take its place; or nil.
func statementAt(o *model.Op) (stmt *ast.ExprStmt) {
	ast.Inspect(o.Func.Body, func(n ast.Node) bool {
		if n == nil || stmt != nil || n.Pos() > o.Pos || o.Pos >= n.End() {
			return false
		}
		for _, s := range model.StmtsIn(n) {
			if st, ok := s.(*ast.ExprStmt); ok && ast.Unparen(st.X).Pos() == o.Pos && isWhole(st.X, o) {
				stmt = st
			}
		}
		return true
	})
	return stmt
}

// isWhole reports whether the expression is the operation and not only starts
// with it.
func isWhole(e ast.Expr, o *model.Op) bool {
	switch x := e.(type) {
	case *ast.CallExpr:
		return x == o.Call
	case *ast.UnaryExpr:
		return o.Action == model.Recv && o.Select == nil
	}
	return false
}
