package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file finds returns that certainly report an error (must).

// maxGuards bounds the tests around a return that are looked at.
const maxGuards = 8

// fails reports whether a return's last result is certainly an error: made here, or
// returned after a test that there is one.
func fails(ret *ssa.Return) bool {
	if len(ret.Results) == 0 {
		return false
	}
	last := ret.Results[len(ret.Results)-1]
	return isError(last.Type()) && (isMadeError(last) || isAfterError(ret.Block()))
}

// isError reports whether t is the type error.
func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// isMadeError reports whether a value is an error made on the spot: a concrete one,
// or a call of errors.New or fmt.Errorf.
func isMadeError(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.Call:
		fn := x.Common().StaticCallee()
		if fn == nil || fn.Pkg == nil {
			return false
		}
		switch fn.Pkg.Pkg.Path() + "." + fn.Name() {
		case "errors.New", "fmt.Errorf":
			return true
		}
	}
	return false
}

// isAfterError reports whether a block is only reached after a test that came out
// so that there is an error.
func isAfterError(b *ssa.BasicBlock) bool {
	for range maxGuards {
		top := b.Idom()
		if top == nil {
			return false
		}
		test, ok := top.Instrs[len(top.Instrs)-1].(*ssa.If)
		if ok && len(b.Preds) == 1 && saysError(test.Cond, top.Succs[0] == b) {
			return true
		}
		b = top
	}
	return false
}

// saysError reports whether a comparison of an error with nil came out so that
// there is one.
func saysError(cond ssa.Value, branch bool) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || !isError(cmp.X.Type()) || !isNil(cmp.X) && !isNil(cmp.Y) {
		return false
	}
	return cmp.Op == token.NEQ && branch || cmp.Op == token.EQL && !branch
}

// isNil reports whether a value is the constant nil.
func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}
