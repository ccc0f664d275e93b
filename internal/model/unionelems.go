package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file is the elements of slices, arrays and maps of channels: all
// elements of one container are one node. Containers are followed through
// variables, appends, cuts and branches; what is handed to a function or comes
// from one is open.

// elems returns the node of the elements of a container: one per variable or
// value that holds it, nil (out of view) otherwise.
func (u *chanUnion) elems(container ssa.Value) any {
	switch x := container.(type) {
	case *ssa.UnOp:
		if x.Op == token.MUL {
			return elemNode{u.cell(x.X)}
		}
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap, *ssa.Phi, *ssa.Slice:
		return elemNode{x}
	case *ssa.FieldAddr, *ssa.Global:
		return elemNode{u.cell(x)}
	case *ssa.Call:
		if isAppend(x.Common()) {
			return elemNode{x}
		}
	}
	return nil
}

// holdsTracked reports whether the elements of a container type are put into
// sets.
func holdsTracked(t types.Type) bool {
	switch c := t.Underlying().(type) {
	case *types.Slice:
		return isTracked(c.Elem())
	case *types.Map:
		return isTracked(c.Elem()) || isTracked(c.Key())
	case *types.Array:
		return isTracked(c.Elem())
	case *types.Pointer:
		arr, ok := c.Elem().Underlying().(*types.Array)
		return ok && isTracked(arr.Elem())
	}
	return false
}

// sameElems says that container a may be container b.
func (u *chanUnion) sameElems(a, b ssa.Value) {
	if holdsTracked(a.Type()) {
		u.assignNode(u.elems(a), b)
	}
}

// assignElems says that the variable at cell may hold a container.
func (u *chanUnion) assignElems(cell any, v ssa.Value) {
	switch {
	case !holdsTracked(v.Type()):
	case cell == nil:
		u.leakElems(v)
	default:
		u.assignNode(elemNode{cell}, v)
	}
}

// assignNode puts the elements of v into the set of a node.
func (u *chanUnion) assignNode(node any, v ssa.Value) {
	if _, ok := v.(*ssa.Const); ok || node == nil {
		return
	}
	if n := u.elems(v); n != nil {
		u.union(node, n)
		return
	}
	u.open(node, openIn|openOut)
}

// leakElems says that code out of view may use the elements of v.
func (u *chanUnion) leakElems(v ssa.Value) {
	if holdsTracked(v.Type()) {
		u.open(u.elems(v), openIn|openOut)
	}
}

// fromElems unifies v with the elements of its container.
func (u *chanUnion) fromElems(v, container ssa.Value) {
	if !isTracked(v.Type()) {
		return
	}
	if n := u.elems(container); n != nil {
		u.union(v, n)
		return
	}
	u.enter(v)
}

// isAppend reports whether a call is one of append.
func isAppend(common *ssa.CallCommon) bool {
	b, ok := common.Value.(*ssa.Builtin)
	return ok && b.Name() == "append" && len(common.Args) == 2
}

// addBuiltin handles append and copy, the builtins that move channels.
func (u *chanUnion) addBuiltin(i ssa.CallInstruction, common *ssa.CallCommon) {
	if common.Value.(*ssa.Builtin).Name() == "copy" {
		u.leakElems(common.Args[0])
		u.leakElems(common.Args[1])
	}
	v := i.Value()
	if !isAppend(common) || v == nil || !holdsTracked(v.Type()) {
		return
	}
	u.sameElems(v, common.Args[0])
	u.sameElems(v, common.Args[1]) // of append(s, x) the array of what is added
}
