package model

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/op"
)

// This file knows which mutex the L of a condition variable is: the one that the
// condition was made with, where that belongs to the object that has the condition,
// or is in view. RLocker's Lock is RLock.

// condLock is the mutex of the conditions, or lockers, in one field.
type condLock struct {
	below string // the path to it from the object that has the condition, ".mu"
	class types.Object
	read  bool // through RLocker
	bad   bool // conditions of this field have different mutexes, or some that are not known
}

// readCondLocks looks at what is stored to fields for conditions and lockers.
func (p *Package) readCondLocks() {
	p.condLocks = make(map[*types.Var]*condLock)
	for _, f := range p.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if st, ok := instr.(*ssa.Store); ok {
					p.readCondStore(st)
				}
			}
		}
	}
}

// readCondStore looks at one assignment: of a condition, of the L of one, or of a
// sync.Locker.
func (p *Package) readCondStore(st *ssa.Store) {
	addr, ok := st.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	lock := st.Val
	switch {
	case isCond(st.Val.Type()):
		lock = newCondArg(st.Val)
	case isLocker(addr):
		if addr, ok = addr.X.(*ssa.FieldAddr); !ok {
			return
		}
	case isSyncType(st.Val.Type(), "Locker"):
	default:
		return
	}
	field := fieldOf(addr.X.Type(), addr.Field)
	found := p.lockBelow(addr.X, lock)
	found.bad = found.bad || field.Exported() && !p.IsMain() // others may set it
	switch old := p.condLocks[field]; {
	case old == nil:
		p.condLocks[field] = &found
	case *old != found:
		old.bad = true
	}
}

// isCond reports whether t is *sync.Cond.
func isCond(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	return ok && isSyncType(ptr.Elem(), "Cond")
}

// isSyncType reports whether t is a type of package sync.
func isSyncType(t types.Type, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
}

// isLocker reports whether an address is that of the L of a condition.
func isLocker(addr *ssa.FieldAddr) bool {
	ptr, ok := addr.X.Type().Underlying().(*types.Pointer)
	return ok && isSyncType(ptr.Elem(), "Cond") && fieldOf(addr.X.Type(), addr.Field).Name() == "L"
}

// newCondArg returns what a condition is made with, or nil.
func newCondArg(v ssa.Value) ssa.Value {
	if call := syncCall(v, "NewCond"); call != nil {
		return call.Call.Args[0]
	}
	return nil
}

// syncCall returns v if it is a call of a function or method of package sync with
// a name and one operand, or nil.
func syncCall(v ssa.Value, name string) *ssa.Call {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || len(call.Call.Args) != 1 {
		return nil
	}
	fn := call.Call.StaticCallee()
	if fn.Name() != name || fn.Pkg == nil || fn.Pkg.Pkg.Path() != "sync" {
		return nil
	}
	return call
}

// BehindLocker returns the address of the mutex that a sync.Locker is made of, and
// whether it is locked for reading; v itself if that is not clear.
func BehindLocker(v ssa.Value) (addr ssa.Value, read bool) {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		return mi.X, false
	}
	if call := syncCall(v, "RLocker"); call != nil {
		return call.Call.Args[0], true
	}
	return v, false
}

// lockBelow says how the object that has a condition comes to its mutex.
func (p *Package) lockBelow(owner, lock ssa.Value) condLock {
	if lock == nil {
		return condLock{bad: true}
	}
	addr, read := BehindLocker(lock)
	at, from := p.PlaceOf(addr), p.PlaceOf(owner)
	below, ok := strings.CutPrefix(at.Fields, from.Fields)
	if at.IsZero() || at.Root != from.Root || !ok || below == "" {
		return condLock{bad: true}
	}
	return condLock{below: below, class: p.ClassOf(addr), read: read}
}

// resolveLocker makes an operation on a sync.Locker one on the mutex behind it.
func (f *Func) resolveLocker(o *Op) {
	v := o.Value
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if l, ok := load.X.(*ssa.FieldAddr); ok {
			if isLocker(l) {
				f.resolveCond(o, l.X)
			} else {
				f.resolveField(o, l)
			}
			return
		}
	}
	if addr, read := BehindLocker(v); addr != v {
		o.behind(addr, f.Pkg.PlaceOf(addr), f.Pkg.ClassOf(addr), read)
	}
}

// resolveCond makes an operation on the L of a condition one on its mutex.
func (f *Func) resolveCond(o *Op, cond ssa.Value) {
	if a, ok := stripLoad(cond).(*ssa.Alloc); ok {
		cond = soleStore(a)
	}
	if lock := newCondArg(cond); lock != nil {
		addr, read := BehindLocker(lock)
		o.behind(addr, f.Pkg.PlaceOf(addr), f.Pkg.ClassOf(addr), read)
		return
	}
	if load, ok := cond.(*ssa.UnOp); ok {
		cond = load.X
	}
	if field, ok := cond.(*ssa.FieldAddr); ok {
		f.resolveField(o, field)
	}
}

// resolveField makes an operation by way of a field one on the mutex that the field
// stands for.
func (f *Func) resolveField(o *Op, field *ssa.FieldAddr) {
	if known := f.Pkg.condLocks[fieldOf(field.X.Type(), field.Field)]; known != nil && !known.bad {
		o.behind(field.X, f.Pkg.PlaceOf(field.X).under(known.below), known.class, known.read)
		o.Below = known.below
	}
}

// behind makes an operation one on a mutex.
func (o *Op) behind(v ssa.Value, place Place, class types.Object, read bool) {
	o.Value, o.Place, o.Class = v, place, class
	if !read {
		return
	}
	switch o.Action {
	case Lock:
		o.Action, o.Wait.Kind = RLock, op.RLock
	case Unlock:
		o.Action = RUnlock
	}
}

// stripLoad returns the address that a value is read from, or the value.
func stripLoad(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return v
}
