package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// A channel that a function makes, fills and returns belongs to nobody else until
// then. Must: no use of the channel but sends, closes and questions comes before
// the send or again with it. What an object keeps is taken for longer than a
// buffer unless something in the package compares its length, or an end of the
// loop hangs on its key.

// isHandedOutAfter reports whether nobody but its maker has a channel when the
// send o happens, however often.
func isHandedOutAfter(made *model.Make, o *model.Op) bool {
	return o.Func == made.Func && isOwn(made.Instr, o, 3)
}

// isOwn reports whether every use of a channel value that gives it away comes
// after the send for good.
func isOwn(v ssa.Value, o *model.Op, depth int) bool {
	if depth == 0 || v.Referrers() == nil {
		return false
	}
	for _, use := range *v.Referrers() {
		switch u := use.(type) {
		case *ssa.DebugRef, *ssa.Send, *ssa.Return:
			if s, ok := u.(*ssa.Send); ok && s.X == v {
				return false
			}
			continue
		case *ssa.ChangeType:
			if !isOwn(u, o, depth-1) {
				return false
			}
			continue
		case *ssa.Call:
			if _, ok := u.Call.Value.(*ssa.Builtin); ok {
				continue
			}
		}
		if o.Func.MayFollow(use, o.Instr) {
			return false
		}
	}
	return true
}

// isKeptWithoutLimit reports whether a loop ranges over a slice or map that a
// field keeps and whose length nobody compares.
func (j *judge) isKeptWithoutLimit(l *model.Loop) bool {
	sel, ok := ast.Unparen(l.Over).(*ast.SelectorExpr)
	if !ok || l.Kind != model.RangeSet {
		return false
	}
	v := j.vars.varOf(sel)
	return v != nil && v.IsField() && isCollection(v.Type()) && !isSettings(v.Type()) && !j.isFixedField(v) && !j.isMeasured(v)
}

// isFixedField reports whether the program itself decides all that a field is
// given.
func (j *judge) isFixedField(v *types.Var) bool {
	values := j.vars.values[v]
	for _, value := range values {
		call, isCall := ast.Unparen(value).(*ast.CallExpr)
		if isCall && calleeName(call) == "append" || j.lengthOf(value, maxDefs) != fixed {
			return false
		}
	}
	return len(values) > 0
}

// isMeasured reports whether something in the package compares the length of a
// field with more than nothing, or cuts it.
func (j *judge) isMeasured(v *types.Var) (found bool) {
	for _, file := range j.Pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				found = found || isComparison(n.Op) && !isEmptiness(j, n) && (j.isLengthOf(n.X, v) || j.isLengthOf(n.Y, v))
			case *ast.SliceExpr:
				found = found || j.vars.varOf(n.X) == v
			}
			return !found
		})
	}
	return found
}

// isComparison reports whether op compares.
func isComparison(op token.Token) bool { return isOrdered(op) || op == token.EQL || op == token.NEQ }

// isLengthOf reports whether e is len(v).
func (j *judge) isLengthOf(e ast.Expr, v *types.Var) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && calleeName(call) == "len" && len(call.Args) == 1 && j.vars.varOf(call.Args[0]) == v
}

// stopsByKey reports whether the body of a range compares its key, which then
// decides how far the loop goes.
func (j *judge) stopsByKey(l *model.Loop) (found bool) {
	r, ok := l.Syntax.(*ast.RangeStmt)
	if !ok || r.Key == nil || !isInteger(j.TypeOf(r.Key)) {
		return false
	}
	key := j.vars.varOf(r.Key)
	ast.Inspect(l.Body, func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && key != nil && isComparison(cmp.Op) {
			found = found || j.vars.varOf(cmp.X) == key || j.vars.varOf(cmp.Y) == key
		}
		return !found
	})
	return found
}
