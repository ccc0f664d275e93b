package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// This file says how code at one place writes what stands at another. Must: either
// the name at its root means the same at both places, or both places write another
// part of the same object, which gives the root its new name.

// naming writes expressions of another place as code at pos does.
type naming struct {
	j    *judge
	pos  token.Pos
	root types.Object // the root of the other place, or nil
	as   string       // what code at pos calls it
}

// naming returns how code at o writes things; beside is what another function calls
// the channel of o, or nil.
func (j *judge) naming(o *model.Op, beside ast.Expr) naming {
	n := naming{j: j, pos: o.Pos}
	there, here := beside, o.Expr()
	for there != nil && here != nil {
		there, here = ast.Unparen(there), ast.Unparen(here)
		if id, ok := there.(*ast.Ident); ok {
			if isPath(here) {
				n.root, n.as = j.Pass.TypesInfo.Uses[id], types.ExprString(here)
			}
			break
		}
		a, okA := there.(*ast.SelectorExpr)
		b, okB := here.(*ast.SelectorExpr)
		if !okA || !okB || j.fieldIn(a) == nil || j.fieldIn(a) != j.fieldIn(b) {
			break
		}
		there, here = a.X, b.X
	}
	return n
}

// fieldIn returns the field that a selector names, that of the generic type for an
// instance, or nil.
func (j *judge) fieldIn(sel *ast.SelectorExpr) *types.Var {
	v, ok := j.Pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	if !ok || !v.IsField() {
		return nil
	}
	return v.Origin()
}

// isPath reports whether an expression is a name, or a field of a path.
func isPath(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isPath(e.X)
	}
	return false
}

// text writes a path, or a call without arguments of a method of one; "" if code
// there cannot.
func (n naming) text(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj := n.j.Pass.TypesInfo.Uses[e]
		switch {
		case obj == nil:
			return ""
		case n.j.isNamedAt(obj, n.pos):
			return e.Name
		case obj == n.root:
			return n.as
		}
	case *ast.SelectorExpr:
		if x := n.text(e.X); x != "" {
			return x + "." + e.Sel.Name
		}
	case *ast.CallExpr:
		if fun, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && len(e.Args) == 0 {
			if x := n.text(fun); x != "" {
				return x + "()"
			}
		}
	}
	return ""
}

// exitOf returns the end that a channel expression announces, as it is written
// there; none for calls other than Done of a context.
func exitOf(e ast.Expr, at naming) exit {
	done := at.text(e)
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || done == "" {
		return exit{done: done}
	}
	sel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if sel.Sel.Name != "Done" || !model.IsContext(at.j.Pass.TypesInfo.TypeOf(sel.X)) {
		return exit{}
	}
	return exit{done, at.text(sel.X)}
}

// isNamedAt reports whether an object's name means it at pos.
func (j *judge) isNamedAt(obj types.Object, pos token.Pos) bool {
	inner := j.Pass.Pkg.Scope().Innermost(pos)
	if inner == nil {
		return false
	}
	_, found := inner.LookupParent(obj.Name(), pos)
	return found == obj
}
