package lockacrossblock

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// Two objects of one type may be locked in an order that is found by a comparison:
// by number, name or address. A proof that they are locked both ways rests on
// answers that contradict each other. This file looks for such a comparison near
// the locks (may).

// isSorted reports whether a function, or one that calls it or is called by it,
// compares two objects with each other.
func isSorted(f *model.Func) bool {
	near := []*model.Func{f, f.Decl()}
	for _, c := range f.Callers {
		near = append(near, c.From)
	}
	for _, c := range f.AllCalls() {
		near = append(near, c.To)
	}
	return slices.ContainsFunc(near, ranksPairs)
}

// ranksPairs reports whether a function asks which of two like things comes first.
func ranksPairs(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.BinOp:
				if isOrdering(i.Op) && areAlike(i.X, i.Y) {
					return true
				}
			case *ssa.Call:
				if ranksArgs(i) {
					return true
				}
			}
		}
	}
	return false
}

// isOrdering reports whether an operator asks for an order.
func isOrdering(op token.Token) bool {
	return op == token.LSS || op == token.GTR || op == token.LEQ || op == token.GEQ
}

// ranksArgs reports whether a call compares its two arguments, as cmp.Compare and
// methods like Less do.
func ranksArgs(call *ssa.Call) bool {
	args := call.Call.Args
	if call.Call.IsInvoke() {
		args = append([]ssa.Value{call.Call.Value}, args...)
	}
	basic, ok := call.Type().Underlying().(*types.Basic)
	if !ok || len(args) != 2 || !types.Identical(args[0].Type(), args[1].Type()) {
		return false
	}
	return basic.Kind() == types.Bool || basic.Kind() == types.Int && areAlike(args[0], args[1])
}

// areAlike reports whether two values are the same thing of two objects: a field, a
// result, an address, or an argument.
func areAlike(a, b ssa.Value) bool {
	if a == b {
		return false
	}
	switch x := a.(type) {
	case *ssa.UnOp:
		y, ok := b.(*ssa.UnOp)
		return ok && x.Op == y.Op && areAlike(x.X, y.X)
	case *ssa.FieldAddr:
		y, ok := b.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && types.Identical(x.X.Type(), y.X.Type())
	case *ssa.Field:
		y, ok := b.(*ssa.Field)
		return ok && x.Field == y.Field && types.Identical(x.X.Type(), y.X.Type())
	case *ssa.Call:
		y, ok := b.(*ssa.Call)
		return ok && x.Call.Method == y.Call.Method && (x.Call.Method != nil || x.Call.Value == y.Call.Value)
	case *ssa.Convert:
		y, ok := b.(*ssa.Convert)
		return ok && types.Identical(x.X.Type(), y.X.Type())
	case *ssa.Parameter:
		_, ok := b.(*ssa.Parameter)
		return ok && types.Identical(a.Type(), b.Type())
	}
	return false
}
