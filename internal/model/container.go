package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file knows the functions that slices and maps in struct fields and package
// variables hold: handlers that are registered one by one and called in turn.

// element is one function value that is put into a container.
type element struct {
	val   ssa.Value
	owner ssa.Value // the object with the field, or nil
}

// isContainer reports whether t is a slice or map of functions.
func isContainer(t types.Type) bool {
	var elem types.Type
	switch u := t.Underlying().(type) {
	case *types.Slice:
		elem = u.Elem()
	case *types.Map:
		elem = u.Elem()
	default:
		return false
	}
	_, ok := elem.Underlying().(*types.Signature)
	return ok
}

// containerAt returns the field or variable for a container at an address, and the
// object with the field; nil if others may fill it.
func (cb *callbacks) containerAt(addr ssa.Value) (key types.Object, owner ssa.Value) {
	ptr, ok := addr.Type().Underlying().(*types.Pointer)
	if !ok || !isContainer(ptr.Elem()) {
		return nil, nil
	}
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		key, owner = fieldOf(x.X.Type(), x.Field), x.X
	case *ssa.Global:
		key = x.Object()
	}
	if key == nil || !cb.isOwn(key) {
		return nil, nil
	}
	return key, owner
}

// containerOf is containerAt for a container that is read.
func (cb *callbacks) containerOf(v ssa.Value) (key types.Object, owner ssa.Value) {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return cb.containerAt(load.X)
	}
	return nil, nil
}

// readContainers notes what an instruction puts into a container.
func (cb *callbacks) readContainers(instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Store:
		if key, owner := cb.containerAt(i.Addr); key != nil {
			cb.spread(key, owner, i.Val, maxBehind)
		} else if at, ok := i.Addr.(*ssa.IndexAddr); ok {
			if key, owner := cb.containerOf(at.X); key != nil {
				cb.elems[key] = append(cb.elems[key], element{i.Val, owner})
			}
		}
	case *ssa.MapUpdate:
		if key, owner := cb.containerOf(i.Map); key != nil {
			cb.elems[key] = append(cb.elems[key], element{i.Value, owner})
		}
	}
}

// spread notes the elements of a slice or map that is assigned to a container.
func (cb *callbacks) spread(key types.Object, owner, v ssa.Value, depth int) {
	if depth == 0 {
		cb.open[key] = true
		return
	}
	switch x := v.(type) {
	case *ssa.Const, *ssa.MakeSlice:
		return
	case *ssa.ChangeType:
		cb.spread(key, owner, x.X, depth-1)
		return
	case *ssa.MakeMap:
		for _, ref := range *x.Referrers() {
			if up, ok := ref.(*ssa.MapUpdate); ok && up.Map == v {
				cb.elems[key] = append(cb.elems[key], element{up.Value, owner})
			}
		}
		return
	case *ssa.Slice:
		if a, ok := x.X.(*ssa.Alloc); ok {
			cb.spreadArray(key, owner, a)
			return
		}
		cb.spread(key, owner, x.X, depth-1)
		return
	case *ssa.Call:
		if b, ok := x.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && len(x.Call.Args) == 2 {
			cb.spread(key, owner, x.Call.Args[0], depth-1)
			cb.spread(key, owner, x.Call.Args[1], depth-1)
			return
		}
	case *ssa.UnOp:
		if same, _ := cb.containerOf(x); same == key {
			return
		}
	}
	cb.open[key] = true
}

// spreadArray notes what the array behind a slice is made of.
func (cb *callbacks) spreadArray(key types.Object, owner ssa.Value, a *ssa.Alloc) {
	for _, ref := range *a.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *at.Referrers() {
			if st, ok := use.(*ssa.Store); ok && st.Addr == at {
				cb.elems[key] = append(cb.elems[key], element{st.Val, owner})
			}
		}
	}
}

// elementOf returns the container that a called value is read from and the object
// with the field; each says that all elements are called in turn.
func (cb *callbacks) elementOf(v ssa.Value) (key types.Object, owner ssa.Value, each bool) {
	switch x := v.(type) {
	case *ssa.Extract:
		switch t := x.Tuple.(type) {
		case *ssa.Lookup:
			key, owner = cb.containerOf(t.X)
		case *ssa.Next:
			if r, ok := t.Iter.(*ssa.Range); ok && x.Index == 2 {
				key, owner = cb.containerOf(r.X)
				each = true
			}
		}
	case *ssa.Lookup:
		key, owner = cb.containerOf(x.X)
	case *ssa.UnOp:
		if at, ok := x.X.(*ssa.IndexAddr); ok {
			key, owner = cb.containerOf(at.X)
			each = at.Block().Comment == "rangeindex.body"
		}
	}
	return key, owner, each
}

// elements returns the functions that a container may hold; nil if that is not
// clear, or there are many.
func (cb *callbacks) elements(key types.Object) []FuncValue {
	return cb.once(key, func(t *tracer) {
		for _, e := range cb.elems[key] {
			var owner Place
			if e.owner != nil {
				owner = cb.p.PlaceOf(e.owner)
			}
			t.follow(e.val, owner, maxBehind)
		}
	})
}
