package facts

import (
	"go/ast"
	"go/types"
)

// This file holds the questions asked of types.

// isNamed reports whether t, or what it points to, is the type pkg.name.
func isNamed(t types.Type, pkg, name string) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := n.Obj()
	return obj.Name() == name && obj.Pkg() != nil && obj.Pkg().Path() == pkg
}

// isContext reports whether t is context.Context.
func isContext(t types.Type) bool { return isNamed(t, "context", "Context") }

// chanOf returns the channel type behind t, nil if it is none.
func chanOf(t types.Type) *types.Chan {
	if t == nil {
		return nil
	}
	ch, _ := t.Underlying().(*types.Chan)
	return ch
}

// isChan reports whether t is a channel type.
func isChan(t types.Type) bool { return chanOf(t) != nil }

// isEmptyStruct reports whether t has no content: its channels carry signals.
func isEmptyStruct(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// isStructLit reports whether n's keys are field names.
func isStructLit(info *types.Info, n *ast.CompositeLit) bool {
	t := info.TypeOf(n)
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// ctxParam returns the index of a signature's first context, -1 if there is none.
func ctxParam(sig *types.Signature) int {
	for i := range sig.Params().Len() {
		if isContext(sig.Params().At(i).Type()) {
			return i
		}
	}
	return -1
}
