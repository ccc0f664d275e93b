package lockacrossblock

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file tells locks that keep callers of one function in line from locks
// that guard data: who waits for such a lock would wait for the same thing
// without it. Must, as far as the package shows.

// taker returns the one declared function that takes locks of a class, literals
// included, or nil if there are several or others may.
func (j *judge) taker(class types.Object) *model.Func {
	var only *model.Func
	for _, o := range j.locks.Ops(class) {
		if only != nil && o.Func.Decl() != only {
			return nil
		}
		only = o.Func.Decl()
	}
	return only
}

// isSerialiser reports whether a lock does nothing but let one caller at a time
// through: its comment says so, or nobody but one function takes it and that
// function both asks and waits for the answer under it.
func (j *judge) isSerialiser(h lockset.Held) bool {
	if h.Class == nil || j.saysSerial(h) || j.isLocal(h.Class) {
		return true
	}
	f := j.taker(h.Class)
	return f != nil && (isActivity(h) || j.talks(f))
}

// isLine reports whether the locks that are held across the wait for a condition only
// keep those in line who wait for it: one function takes each, and somebody else
// signals, who needs none of them.
func (j *judge) isLine(w *wait, held []lockset.Held) bool {
	for _, h := range held {
		if h.Class == nil || h.Class.Exported() || h.Class.Pkg() != j.Pass.Pkg || j.taker(h.Class) != w.from.Decl() {
			return false
		}
	}
	return slices.ContainsFunc(j.Funcs, func(f *model.Func) bool {
		wakes := slices.ContainsFunc(f.Ops, func(o *model.Op) bool {
			return o.Action == model.CondWake && o.Class == w.op.Class && o.Class != nil
		})
		return wakes && f != w.op.Func && f.Decl() != w.from.Decl() && !j.isBelow(f, w.from, maxNeed)
	})
}

// isBelow reports whether f is called by another function, itself or by way of others.
func (j *judge) isBelow(f, by *model.Func, depth int) bool {
	return slices.ContainsFunc(f.Callers, func(c *model.Call) bool {
		return c.From.Decl() == by.Decl() || depth > 0 && j.isBelow(c.From, by, depth-1)
	})
}

// isLocal reports whether a lock is a local variable that one function takes: it
// keeps the goroutines of one call in line.
func (j *judge) isLocal(class types.Object) bool {
	v, ok := class.(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return false
	}
	ops := j.locks.Ops(class)
	return !slices.ContainsFunc(ops, func(o *model.Op) bool { return o.Func != ops[0].Func }) && ops[0].Func.Parent != nil
}

// talks reports whether a function both sends and receives: the lock keeps
// question and answer together.
func (j *judge) talks(f *model.Func) bool {
	sends, recvs := false, false
	for _, o := range f.Ops {
		switch o.Action {
		case model.Send:
			sends = true
		case model.Recv, model.RangeRecv:
			recvs = true
		case model.SelectWait:
			for _, k := range o.Select.Cases {
				sends = sends || k.Dir == types.SendOnly
				recvs = recvs || k.Dir == types.RecvOnly && k.Kind == model.Work
			}
		}
	}
	return sends && recvs
}

// keepsTogether reports whether a lock that one function takes, and under which
// it changes nothing, keeps several sends on one channel together: nobody waits
// for the lock but who would have to wait for the receiver anyway.
func (j *judge) keepsTogether(w *wait) bool {
	if w.op.Action != model.Send || !isFixed(w.op.Place) || w.held.Class == nil || j.taker(w.held.Class) == nil {
		return false
	}
	n := 0
	for _, o := range w.from.Ops {
		switch {
		case !j.isHeldFrom(w.from, o.Instr, w.held):
		case o.Action == model.Send && o.Place == w.op.Place:
			n++
			if w.from.LoopAt(o.Pos) != nil {
				n++
			}
		}
	}
	return n > 1 && !j.storesUnder(w)
}

// isFixed reports whether a place is the same all through a call: it starts at
// a parameter, a variable or a global.
func isFixed(p model.Place) bool {
	switch p.Root.(type) {
	case *ssa.Parameter, *ssa.Alloc, *ssa.Global:
		return true
	}
	return false
}

// storesUnder reports whether the function that holds a lock changes something
// shared with the lock held.
func (j *judge) storesUnder(w *wait) bool {
	return j.anyUnder(w, func(instr ssa.Instruction) bool {
		switch i := instr.(type) {
		case *ssa.Store:
			_, local := i.Addr.(*ssa.Alloc)
			return !local
		case *ssa.MapUpdate:
			return true
		}
		return false
	})
}

// anyUnder reports whether is holds for an instruction of the function that
// holds a lock, with the lock held.
func (j *judge) anyUnder(w *wait, is func(ssa.Instruction) bool) bool {
	for _, b := range w.from.SSA.Blocks {
		for _, instr := range b.Instrs {
			if is(instr) && j.isHeldFrom(w.from, instr, w.held) {
				return true
			}
		}
	}
	return false
}

// paces reports whether a sleep spaces out the calls of one function, which
// alone takes the lock: outside loops, and under the lock a time is noted.
func (j *judge) paces(w *wait) bool {
	if w.held.Class == nil || j.taker(w.held.Class) == nil || w.from.LoopAt(w.op.Pos) != nil {
		return false
	}
	return j.anyUnder(w, func(instr ssa.Instruction) bool {
		st, ok := instr.(*ssa.Store)
		if !ok {
			return false
		}
		_, isField := st.Addr.(*ssa.FieldAddr)
		return isField && isMoment(st.Val.Type())
	})
}

// isMoment reports whether t is time.Time.
func isMoment(t types.Type) bool {
	named := model.NamedOf(t)
	return named != nil && named.Obj().Name() == "Time" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time"
}
