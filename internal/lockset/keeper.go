package lockset

import (
	"golang.org/x/tools/go/ssa"
)

// This file says whether an object is put into what another keeps: then what the
// one captured may be the lock of the other, which is named by its element.

// isPutInto reports whether an object, made here or by a constructor, is put into a
// map or slice that belongs to what a root stands for.
func (pl *plan) isPutInto(object, keeper any) bool {
	made, ok := object.(ssa.Value)
	if !ok || made.Referrers() == nil || !isPointerLike(made.Type()) {
		return false
	}
	for _, ref := range *made.Referrers() {
		switch i := ref.(type) {
		case *ssa.MapUpdate:
			if i.Value == made && pl.ix.p.PlaceOf(i.Map).Root == keeper {
				return true
			}
		case *ssa.Store:
			if i.Val == made && pl.isPutAt(i.Addr, keeper) {
				return true
			}
		}
	}
	return false
}

// isPutAt is isPutInto for what is stored at an address: that of an element to be
// appended, or of a variable.
func (pl *plan) isPutAt(addr ssa.Value, keeper any) bool {
	switch x := addr.(type) {
	case *ssa.IndexAddr:
		return pl.isAppended(x.X, keeper)
	case *ssa.Alloc:
		for _, ref := range *x.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && pl.isPutInto(load, keeper) {
				return true
			}
		}
	}
	return false
}

// isAppended reports whether an array holds what is appended to a slice that belongs
// to keeper.
func (pl *plan) isAppended(array ssa.Value, keeper any) bool {
	a, ok := array.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *a.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, use := range *slice.Referrers() {
			call, ok := use.(*ssa.Call)
			if !ok {
				continue
			}
			if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && pl.ix.p.PlaceOf(call.Call.Args[0]).Root == keeper {
				return true
			}
		}
	}
	return false
}
