package lockacrossblock

import (
	"go/types"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"golang.org/x/tools/go/ssa"
)

// This file judges waits for conditions under other locks than their own.

// judgeCond judges Cond.Wait: it lets go of its own lock, but of no other.
func (j *judge) judgeCond(w *wait) {
	own, known := j.conds[w.op.Class]
	var others []lockset.Held
	for _, h := range w.all {
		if h.Class == nil || h.Class != own && !isCondLock(h.Class) {
			others = append(others, h)
		}
	}
	if !known || len(others) == 0 || len(others) == len(w.all) && w.call == nil {
		return
	}
	w.all, w.held = others, worst(others)
	for _, h := range others {
		if o := j.wakerNeeds(w.op, h); o != nil {
			j.addCircle(w, h, o, w.op.Name()+".Wait", "whoever signals takes")
			return
		}
	}
	strict := w.held.Assumed || j.isExcused(w) || j.isLine(w, others) || own == nil && !j.alone[w.op.Class]
	j.add(w, waitUnderLock, strict, j.across(w, waitUnderLock, w.what()+", which releases another lock", "unlock first"))
}

// isCondLock reports whether a lock is known as the L of a condition only.
func isCondLock(class types.Object) bool {
	return class.Name() == "L" && class.Pkg() != nil && class.Pkg().Path() == "sync"
}

// wakerNeeds returns where every function that signals the condition takes a
// lock of h's class first, or nil if one of them does not.
func (j *judge) wakerNeeds(wait *model.Op, h lockset.Held) (taken *model.Op) {
	if wait.Class == nil {
		return nil
	}
	for _, f := range j.Funcs {
		for _, o := range f.Ops {
			if o.Action != model.CondWake || o.Class != wait.Class {
				continue
			}
			t := takes(f, h)
			if t == nil || !model.Before(t.Instr, o.Instr) {
				return nil
			}
			taken = t
		}
	}
	return taken
}

// readConds finds the lock of each condition variable: NewCond's argument.
func (j *judge) readConds() {
	j.conds, j.alone = make(map[types.Object]types.Object), make(map[types.Object]bool)
	for _, f := range j.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if st, ok := instr.(*ssa.Store); ok {
					j.readCond(st)
				}
			}
		}
	}
}

// readCond reads one assignment; a condition variable that is made with different
// locks has none.
func (j *judge) readCond(st *ssa.Store) {
	call, ok := st.Val.(*ssa.Call)
	if !ok || call.Common().StaticCallee() == nil || len(call.Common().Args) != 1 {
		return
	}
	fn := call.Common().StaticCallee()
	if fn.Name() != "NewCond" || fn.Pkg == nil || fn.Pkg.Pkg.Path() != "sync" {
		return
	}
	addr, _ := model.BehindLocker(call.Common().Args[0])
	cond, lock := j.ClassOf(st.Addr), j.ClassOf(addr)
	made, isNew := addr.(*ssa.Alloc)
	isNew = isNew && lock == nil && made.Heap
	if cond == nil || lock == nil && !isNew {
		return
	}
	old, seen := j.conds[cond]
	if seen && old != lock {
		lock, isNew = nil, false
	}
	j.conds[cond] = lock
	j.alone[cond] = isNew && (!seen || j.alone[cond])
}
