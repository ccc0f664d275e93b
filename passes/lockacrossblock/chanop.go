package lockacrossblock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// judgeChanOp judges a channel operation under a lock.
func (j *judge) judgeChanOp(w *wait) {
	if j.hasRoom(w) || isToken(w.op) {
		return
	}
	if j.judgeCounterpart(w) {
		return
	}
	strict := j.isExcused(w) || j.isQuickSignal(w) || isTimed(w.op)
	j.add(w, chanOpUnderLock, strict, j.across(w, chanOpUnderLock, w.what(), "unlock first"))
}

// hasRoom reports whether a send provably, or by all convention, never waits: a
// channel made in the same function with a capacity, or one of capacity one,
// which holds a single answer or wake-up.
func (j *judge) hasRoom(w *wait) bool {
	if w.op.Action != model.Send || w.op.Chan == nil {
		return false
	}
	c := w.op.Chan
	if c.MinCap() == 1 && c.MaxCap() == 1 {
		return true
	}
	return isMadeIn(w.op.Value, w.op.Func) && c.MaxCap() != 0
}

// isMadeIn reports whether a channel value is made in the function itself.
func isMadeIn(v ssa.Value, f *model.Func) bool {
	place := f.Pkg.PlaceOf(v)
	mk, ok := place.Root.(*ssa.MakeChan)
	return ok && (mk.Parent() == f.SSA || f.Parent != nil && mk.Parent() == f.Decl().SSA)
}

// isToken reports whether a channel stands for a lock or a counter of permits
// itself, or is a cell that holds one value: whoever takes it puts it back.
func isToken(o *model.Op) bool {
	c := o.Chan
	if c == nil {
		return false
	}
	if c.IsSemaphore() {
		return true
	}
	if len(c.Makes) == 0 || c.MaxCap() != 1 {
		return false
	}
	for _, r := range c.Recvs {
		if sendsOn(r.Func, c) {
			return true
		}
	}
	return false
}

// sendsOn reports whether f itself sends on a channel of class c.
func sendsOn(f *model.Func, c *model.Chan) bool {
	for _, s := range c.Sends {
		if s.Func.Decl() == f.Decl() {
			return true
		}
	}
	for _, k := range c.Cases {
		if k.Dir == types.SendOnly && k.Select.Func().Decl() == f.Decl() {
			return true
		}
	}
	return false
}

// isTimed reports whether time ends the wait of a select.
func isTimed(o *model.Op) bool {
	return o.Select != nil && (o.Select.HasCase(model.Timer) || o.Select.HasCase(model.Ticker))
}

// isQuickSignal reports whether a receive only waits for somebody to confirm
// an end that was just announced: "cancel(); <-done".
func (j *judge) isQuickSignal(w *wait) bool {
	o := w.op
	if o.Action != model.Recv && o.Action != model.RangeRecv {
		return false
	}
	if j.ChanKind(o.Value, o.Expr()) != model.Stop && (o.Chan == nil || len(o.Chan.Closes) == 0) {
		return false
	}
	return announcesEnd(o) || w.call != nil && announcesEnd(&model.Op{Func: w.from, Instr: w.call.Instr})
}

// announcesEnd reports whether something is closed, cancelled or stopped before
// an operation in the same function.
func announcesEnd(o *model.Op) bool {
	for _, x := range o.Func.Ops {
		if x.Action == model.Close && !x.Deferred && model.Before(x.Instr, o.Instr) {
			return true
		}
	}
	for _, b := range o.Func.SSA.Blocks {
		if !b.Dominates(o.Instr.Block()) {
			continue
		}
		for _, instr := range b.Instrs {
			if i, ok := instr.(*ssa.Call); ok && endsSomething(i.Common()) && model.Before(i, o.Instr) {
				return true
			}
		}
	}
	return false
}

// endsSomething reports whether a call announces an end by its name or by its
// type: a context.CancelFunc.
func endsSomething(common *ssa.CallCommon) bool {
	switch {
	case common.IsInvoke():
		return model.IsStopName(common.Method.Name())
	case common.StaticCallee() != nil:
		return model.IsStopName(common.StaticCallee().Name())
	}
	named, ok := types.Unalias(common.Value.Type()).(*types.Named)
	return ok && named.Obj().Name() == "CancelFunc"
}
