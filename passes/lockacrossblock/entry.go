package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file recognises locks of single entries: the object that has the lock
// comes out of a map by a key, so that few callers ever want the same one. That
// it does is a must, on all ways by which the value may come.

// fillsEntry reports whether a lock that one function takes guards what that
// function puts into the lock's object, and those who wait want just that: the
// object is one entry of a map, or the function returns at once when it finds it
// filled.
func (j *judge) fillsEntry(w *wait) bool {
	if w.held.Class == nil || w.held.Value == nil || j.taker(w.held.Class) == nil {
		return false
	}
	owner := ownerOf(w.held.Value)
	if owner == nil || j.originOf(owner, 0) != entry && !mayReturnWithout(w) {
		return false
	}
	return j.anyUnder(w, func(instr ssa.Instruction) bool {
		st, ok := instr.(*ssa.Store)
		if !ok {
			return false
		}
		field, ok := st.Addr.(*ssa.FieldAddr)
		return ok && j.isSame(field.X, owner) && model.Before(w.op.Instr, st)
	})
}

// mayReturnWithout reports whether the function that holds a lock has a way to
// return, without an error, that does not come to the wait.
func mayReturnWithout(w *wait) bool {
	for _, b := range w.from.SSA.Blocks {
		if b == w.from.SSA.Recover || w.op.Block().Dominates(b) || w.from.Reaches(w.op.Block(), b) {
			continue
		}
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && succeeds(ret) {
			return true
		}
	}
	return false
}

// succeeds reports whether a return has no error, or nil for one.
func succeeds(ret *ssa.Return) bool {
	for _, v := range ret.Results {
		if !types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
			continue
		}
		if load, ok := v.(*ssa.UnOp); ok { // of a named result
			v = lastStore(ret.Block(), load.X)
		}
		if c, ok := v.(*ssa.Const); !ok || !c.IsNil() {
			return false
		}
	}
	return true
}

// lastStore returns what a block stores to an address last, or nil.
func lastStore(b *ssa.BasicBlock, addr ssa.Value) (val ssa.Value) {
	for _, instr := range b.Instrs {
		if st, ok := instr.(*ssa.Store); ok && st.Addr == addr {
			val = st.Val
		}
	}
	return val
}

// ownerOf returns the pointer to the struct that a lock is a field of, or nil.
func ownerOf(lock ssa.Value) ssa.Value {
	if field, ok := lock.(*ssa.FieldAddr); ok {
		return field.X
	}
	return nil
}

// isSame reports whether two pointers certainly lead to one object.
func (j *judge) isSame(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	p := j.PlaceOf(a)
	return !p.IsZero() && p == j.PlaceOf(b)
}

// origin says where a pointer comes from.
type origin uint8

const (
	elsewhere origin = iota // somewhere else, or not clear
	fresh                   // made for the purpose
	entry                   // out of a map, or made to be put there
)

// maxOrigin bounds the calls and variables that originOf follows.
const maxOrigin = 6

// originOf says where v comes from: from everywhere it may come from, fresh
// objects beside entries are entries to be.
func (j *judge) originOf(v ssa.Value, depth int) origin {
	if depth > maxOrigin {
		return elsewhere
	}
	switch x := v.(type) {
	case *ssa.Lookup:
		return entry
	case *ssa.Extract:
		return j.originOfExtract(x, depth)
	case *ssa.TypeAssert:
		return j.originOf(x.X, depth+1)
	case *ssa.Phi:
		return j.originOfAll(x.Edges, depth)
	case *ssa.Alloc:
		if x.Heap {
			return fresh
		}
	case *ssa.UnOp:
		if a, ok := x.X.(*ssa.Alloc); ok {
			return j.originOfAll(storesTo(a), depth)
		}
	case *ssa.Call:
		return j.originOfResult(x, 0, depth)
	case *ssa.Parameter:
		return j.originOfParam(x, depth)
	}
	return elsewhere
}

// originOfExtract looks at one result of a map read or of a call.
func (j *judge) originOfExtract(x *ssa.Extract, depth int) origin {
	switch t := x.Tuple.(type) {
	case *ssa.Lookup:
		return entry
	case *ssa.TypeAssert:
		return j.originOf(t.X, depth+1)
	case *ssa.Call:
		return j.originOfResult(t, x.Index, depth)
	}
	return elsewhere
}

// originOfAll joins what several values are: all must be known, and one entry
// makes the others entries to be.
func (j *judge) originOfAll(vs []ssa.Value, depth int) origin {
	best := elsewhere
	for _, v := range vs {
		if c, ok := v.(*ssa.Const); ok && c.IsNil() {
			continue
		}
		o := j.originOf(v, depth+1)
		if o == elsewhere {
			return elsewhere
		}
		best = max(best, o)
	}
	return best
}

// storesTo returns what is assigned to a variable in its own function.
func storesTo(a *ssa.Alloc) (vals []ssa.Value) {
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a {
			vals = append(vals, st.Val)
		}
	}
	return vals
}

// originOfResult looks at what a call returns: sync.Map's reads, and functions
// of the package that look an entry up.
func (j *judge) originOfResult(call *ssa.Call, k, depth int) origin {
	fn := call.Common().StaticCallee()
	if fn == nil {
		return elsewhere
	}
	if obj, ok := fn.Object().(*types.Func); ok && isSyncMapRead(obj) {
		return entry
	}
	f := j.FuncOf(fn)
	if f == nil {
		return elsewhere
	}
	var vals []ssa.Value
	for _, b := range f.SSA.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != f.SSA.Recover && k < len(ret.Results) {
			vals = append(vals, ret.Results[k])
		}
	}
	return j.originOfAll(vals, depth+1)
}

// isSyncMapRead reports whether a function is one of sync.Map's that return what
// is stored under a key.
func isSyncMapRead(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() == nil || fn.Pkg().Path() != "sync" {
		return false
	}
	named := model.NamedOf(recv.Type())
	return named != nil && named.Obj().Name() == "Map" && (fn.Name() == "Load" || fn.Name() == "LoadOrStore")
}

// originOfParam looks at what all callers of a function hand in.
func (j *judge) originOfParam(p *ssa.Parameter, depth int) origin {
	f := j.FuncOf(p.Parent())
	if f == nil || f.IsExported() || f.EscapesAsValue() || len(f.Started) > 0 {
		return elsewhere
	}
	var vals []ssa.Value
	for k, param := range f.SSA.Params {
		for _, c := range f.Callers {
			if args := c.Instr.Common().Args; param == p && k < len(args) {
				vals = append(vals, args[k])
			}
		}
	}
	return j.originOfAll(vals, depth)
}
