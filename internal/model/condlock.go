package model

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// The L of a condition variable is the lock that NewCond was given: "s.cond.L" is
// "s.mu". Must: the field that holds the condition is only ever assigned
// NewCond(&x.mu) in the very object x. Conditions in variables are not followed.

// readCondLocks finds the lock beside each condition field.
func (p *Package) readCondLocks() {
	for _, f := range p.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if st, ok := instr.(*ssa.Store); ok {
					p.noteCond(st)
				}
			}
		}
	}
}

// noteCond notes what one assignment says of a condition field: its lock, or that
// it is not always the same.
func (p *Package) noteCond(st *ssa.Store) {
	addr, ok := st.Addr.(*ssa.FieldAddr)
	if !ok || !isCondPtr(st.Val.Type()) {
		return
	}
	cond := fieldOf(addr.X.Type(), addr.Field)
	lock := lockGiven(st.Val, addr.X)
	if old, seen := p.condLocks[cond]; seen && old != lock {
		lock = nil
	}
	p.condLocks[cond] = lock
}

// isCondPtr reports whether t is *sync.Cond.
func isCondPtr(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	return ok && isCond(ptr.Elem())
}

// isCond reports whether t is sync.Cond.
func isCond(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Cond" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
}

// lockGiven returns the field of owner whose address NewCond is given, or nil.
func lockGiven(v, owner ssa.Value) *types.Var {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || call.Call.StaticCallee().Name() != "NewCond" || len(call.Call.Args) != 1 {
		return nil
	}
	locker, ok := call.Call.Args[0].(*ssa.MakeInterface)
	if !ok {
		return nil
	}
	lock, ok := locker.X.(*ssa.FieldAddr)
	if !ok || !isSameObject(lock.X, owner) {
		return nil
	}
	return fieldOf(lock.X.Type(), lock.Field)
}

// isSameObject reports whether two values are one object: the same value, or two
// readings of a variable that is assigned once.
func isSameObject(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	x, ok := a.(*ssa.UnOp)
	y, both := b.(*ssa.UnOp)
	if !ok || !both || x.X != y.X {
		return false
	}
	local, ok := x.X.(*ssa.Alloc)
	return ok && soleStore(local) != nil
}

// condLock returns the object that holds a condition variable and the lock beside
// it, if x is the address of the condition's L; ok is false if it is not, or if the
// lock is not known.
func (p *Package) condLock(x *ssa.FieldAddr) (owner ssa.Value, lock *types.Var, ok bool) {
	if f := fieldOf(x.X.Type(), x.Field); f.Name() != "L" || !isCondPtr(x.X.Type()) {
		return nil, nil, false
	}
	load, ok := x.X.(*ssa.UnOp)
	if !ok {
		return nil, nil, false
	}
	cond, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil, nil, false
	}
	lock = p.condLocks[fieldOf(cond.X.Type(), cond.Field)]
	return cond.X, lock, lock != nil
}
