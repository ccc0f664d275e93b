package lockacrossblock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file finds waits for pools of workers whose code is elsewhere: a function is
// handed to an object, and then the object is asked to wait until its work is done,
// with a lock held that the function needs. That the object runs what it was handed
// is a may; that it waits is known from facts and tables.

// judgePool reports a wait for work that needs a lock held here, and says whether
// it did.
func (j *judge) judgePool(w *wait) bool {
	i, ok := w.op.Instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	pool := model.ReceiverOf(i.Common())
	if pool == nil {
		return false
	}
	for _, lit := range j.handedIn(w.from, pool, i) {
		for _, h := range w.all {
			if o := j.needs(lit, h); o != nil && h.Mode == lockset.Write {
				j.addCircle(w, h, o, w.op.Name(), "what it was handed takes")
				return true
			}
		}
	}
	return false
}

// judgeGivenGroup reports a call of a function out of view that waits, and is given a
// wait group, one of whose goroutines needs a lock held here; it says whether it did.
func (j *judge) judgeGivenGroup(w *wait) bool {
	i, ok := w.op.Instr.(*ssa.Call)
	if !ok {
		return false
	}
	for _, arg := range i.Call.Args {
		if arg.Type().String() != "*sync.WaitGroup" {
			continue
		}
		given := &model.Op{Func: w.op.Func, Value: arg}
		for _, h := range w.all {
			for _, body := range j.members(given) {
				if o := j.needs(body, h); o != nil {
					j.addCircle(w, h, o, w.op.Name(), "a goroutine it waits for takes")
					return true
				}
			}
		}
	}
	return false
}

// handedIn returns the functions that f hands to other methods of an object before
// a call, and that nobody runs in the goroutine of f.
func (j *judge) handedIn(f *model.Func, pool ssa.Value, before ssa.Instruction) (out []*model.Func) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !f.MayFollow(instr, before) || !j.isSameObject(model.ReceiverOf(&call.Call), pool) {
				continue
			}
			for _, arg := range call.Call.Args {
				if lit := j.literalOf(arg); lit != nil && !j.locks.RunsInPlace(lit) && !slices.Contains(out, lit) {
					out = append(out, lit)
				}
			}
		}
	}
	return out
}

// isSameObject reports whether two values are one object.
func (j *judge) isSameObject(a, b ssa.Value) bool {
	if a == nil || a == b {
		return a != nil
	}
	p := j.PlaceOf(a)
	return !p.IsZero() && p == j.PlaceOf(b)
}

// literalOf returns the literal or method behind a function value, or nil.
func (j *judge) literalOf(v ssa.Value) *model.Func {
	if ct, ok := v.(*ssa.ChangeType); ok {
		v = ct.X
	}
	switch x := v.(type) {
	case *ssa.MakeClosure:
		fn := x.Fn.(*ssa.Function)
		if f := j.FuncOf(fn); f != nil {
			return f
		}
		for _, f := range j.Funcs {
			if f.Obj != nil && fn.Object() == f.Obj {
				return f
			}
		}
	case *ssa.Function:
		return j.FuncOf(x)
	}
	return nil
}
