package lockacrossblock

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file says when it is clear which two objects an edge of the lock order is
// about: both locks are fields of one object, or lie on a path from one to the
// other, through pointers or as an element of what the one keeps; or they are
// package variables, parameters, or variables that literals share. It is assumed
// that an element belongs to the object that keeps it.

// isAlongFields reports whether it is clear from fields and variables which two
// objects an edge is about.
func isAlongFields(e edge) bool {
	return isGlobal(e.first.Class) || isGlobal(e.second) || e.first.Place.Root == e.place.Root ||
		isParam(e.first.Place) && isParam(e.place) || isShared(e)
}

// isKept reports whether one object of an edge is an element of what the other
// keeps, or both of what a third keeps; not if it was taken out of there before
// its lock is held, so that nobody else comes to it this way.
func (j *judge) isKept(e edge) bool {
	a, b := j.home(e.first.Place.Root), j.home(e.place.Root)
	return a != nil && a == b && (a == e.first.Place.Root || !j.isTakenOut(e, a))
}

// isTakenOut reports whether the function of an edge deletes anything, before it
// holds the first lock, from a map of the object that keeps the one locked.
func (j *judge) isTakenOut(e edge, keeper any) bool {
	for _, b := range e.f.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !isDelete(call.Common()) || j.isHeldFrom(e.f, call, e.first) {
				continue
			}
			if e.f.MayFollow(call, e.at) && j.home(call.Call.Args[0]) == keeper {
				return true
			}
		}
	}
	return false
}

// isDelete reports whether a call is the builtin delete.
func isDelete(common *ssa.CallCommon) bool {
	b, ok := common.Value.(*ssa.Builtin)
	return ok && b.Name() == "delete"
}

// isParam reports whether a place starts at a parameter.
func isParam(p model.Place) bool { _, ok := p.Root.(*ssa.Parameter); return ok }

// isGlobal reports whether a lock is a package-level variable.
func isGlobal(o types.Object) bool {
	return o.Pkg() != nil && o.Parent() == o.Pkg().Scope()
}

// isShared reports whether both locks are variables of one function around the
// literal that takes them.
func isShared(e edge) bool {
	a, ok := e.first.Place.Root.(*ssa.Alloc)
	b, isAlloc := e.place.Root.(*ssa.Alloc)
	return ok && isAlloc && a.Parent() == b.Parent() && a.Parent() != e.f.SSA && e.f.Decl().SSA == a.Parent()
}

// runsBeside reports whether a function runs in a goroutine that the package
// starts: itself or the literal around it.
func runsBeside(f *model.Func) bool {
	for ; f != nil; f = f.Parent {
		if len(f.Started) > 0 {
			return true
		}
	}
	return false
}

// home returns what keeps an object: the root of the path to the slice or map
// that it is an element of, or its own root; nil if that is not clear.
func (j *judge) home(root any) any {
	for range maxHome {
		switch x := root.(type) {
		case *ssa.Parameter, *ssa.Global:
			return x
		case *ssa.Alloc:
			held := heldIn(x)
			if held == nil {
				return x
			}
			root = held
		case *ssa.Phi:
			return j.homeOfAny(x)
		case *ssa.Extract:
			root = x.Tuple
		case *ssa.Next:
			root = x.Iter
		case *ssa.Range:
			root = x.X
		case *ssa.Lookup:
			root = x.X
		case *ssa.IndexAddr:
			root = x.X
		case *ssa.Index:
			root = x.X
		case *ssa.FieldAddr:
			root = x.X
		case *ssa.Field:
			root = x.X
		case *ssa.TypeAssert:
			root = x.X
		case *ssa.MakeInterface:
			root = x.X
		case *ssa.ChangeInterface:
			root = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil
			}
			if p := j.PlaceOf(x); !p.IsZero() && p.Root != x {
				root = p.Root
				continue
			}
			root = x.X
		case *ssa.Call:
			root = j.keeperOf(x)
		default:
			return nil
		}
	}
	return nil
}

// heldIn returns what a variable holds that is assigned once, if it comes out of
// something that keeps it; nil otherwise.
func heldIn(a *ssa.Alloc) ssa.Value {
	switch v := model.SoleStore(a).(type) {
	case *ssa.Lookup, *ssa.Extract, *ssa.Phi:
		return v
	}
	return nil
}

// homeOfAny returns what keeps an object whichever way it came, or is about to keep
// it: one that is not found is made and put there. It is nil if that is not clear.
func (j *judge) homeOfAny(phi *ssa.Phi) (home any) {
	if j.homing[phi] {
		return nil
	}
	j.homing[phi] = true
	defer delete(j.homing, phi)
	var made []*ssa.Alloc
	for _, e := range phi.Edges {
		if a, ok := e.(*ssa.Alloc); ok && a.Heap {
			made = append(made, a)
			continue
		}
		h := j.home(e)
		if h == nil || home != nil && home != h {
			return nil
		}
		home = h
	}
	for _, a := range made {
		if home == nil || !j.isPutInto(a, home) {
			return nil
		}
	}
	return home
}

// isPutInto reports whether a new object is put into a map that belongs to home.
func (j *judge) isPutInto(a *ssa.Alloc, home any) bool {
	return slices.ContainsFunc(*a.Referrers(), func(ref ssa.Instruction) bool {
		up, ok := ref.(*ssa.MapUpdate)
		return ok && up.Value == a && j.home(up.Map) == home
	})
}

// maxHome bounds the steps from an object to what keeps it.
const maxHome = 16

// keeperOf returns the receiver of a call of a method that returns what the
// receiver keeps, or nil.
func (j *judge) keeperOf(call *ssa.Call) any {
	f := j.FuncOf(call.Common().StaticCallee())
	if f == nil || f.SSA.Signature.Recv() == nil || len(f.SSA.Params) == 0 {
		return nil
	}
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == f.SSA.Recover {
			continue
		}
		if len(ret.Results) == 0 || !j.isKeptBy(ret.Results[0], f.SSA.Params[0]) {
			return nil
		}
	}
	return call.Common().Args[0]
}

// isKeptBy reports whether v is nil or is read from what param keeps, without
// further calls.
func (j *judge) isKeptBy(v ssa.Value, param *ssa.Parameter) bool {
	switch x := v.(type) {
	case *ssa.Const:
		return x.IsNil()
	case *ssa.Call:
		return false
	case *ssa.Extract:
		if _, ok := x.Tuple.(*ssa.Call); ok {
			return false
		}
	}
	return j.home(v) == param
}
