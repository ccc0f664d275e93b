package blockingcall

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// Waiting for goroutines holds nobody up where they are about to end: they were
// told to stop just before, they have sent the answer that is being dealt with,
// or there is one that is not known to wait, which might as well be called.
//
// May: that a goroutine hears what is closed for it is not proven.

// endsSoon reports whether a group's Wait does not keep its goroutine from
// anything that it would not be kept from anyway.
func (j *judge) endsSoon(o *model.Op) bool {
	return o.Action == model.GroupWait && (j.isToldBefore(o) || j.isOwnTask(o))
}

// isToldBefore reports whether the straight-line code before a Wait tells
// somebody to stop: it closes a channel without data, or calls a cancel function.
func (j *judge) isToldBefore(o *model.Op) bool {
	for _, instr := range o.Block().Instrs {
		if instr == o.Instr {
			return false
		}
		if call, ok := instr.(*ssa.Call); ok && j.isEnding(&call.Call) {
			return true
		}
	}
	return false
}

// isEnding reports whether a call closes a signal channel or ends a context.
func (j *judge) isEnding(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "close" && isSignal(call.Args[0].Type())
	}
	if call.IsInvoke() || call.StaticCallee() != nil {
		return false
	}
	named, ok := types.Unalias(call.Value.Type()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context"
}

// isSignal reports whether t is a channel without data.
func isSignal(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// isOwnTask reports whether a function waits for a single goroutine that it has
// just started on a group of its own, and that is not known to wait itself.
func (j *judge) isOwnTask(o *model.Op) bool {
	local, ok := j.PlaceOf(o.Value).Root.(*ssa.Alloc)
	g := j.GroupOf(o)
	if !ok || local.Parent() != o.Func.SSA || g == nil || len(g.Adds) != 1 || len(g.Gos) > 0 {
		return false
	}
	start := g.Adds[0]
	if start.Func != o.Func || !addsOne(start) || o.Func.LoopAt(start.Pos) != o.Func.LoopAt(o.Pos) {
		return false
	}
	return len(g.Waits) == 1 && !slices.ContainsFunc(g.Dones, func(done *model.Op) bool { return waitsLong(done.Func) })
}

// waitsLong reports whether f does anything that can wait without bound.
func waitsLong(f *model.Func) bool {
	return slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Wait.IsLong() })
}

// addsOne reports whether an operation adds one goroutine to a group.
func addsOne(o *model.Op) bool {
	if o.Call == nil || len(o.Call.Args) != 1 {
		return false
	}
	lit, ok := ast.Unparen(o.Call.Args[0]).(*ast.BasicLit)
	return ok && lit.Value == "1"
}

// hasAnswered reports whether a Wait in the body of a case waits for goroutines
// that have sent what the case received as the last thing they do.
func (j *judge) hasAnswered(m moment) bool {
	if m.op.Action != model.GroupWait || m.in == nil || m.in.Chan == nil {
		return false
	}
	g := j.GroupOf(m.op)
	if g == nil || len(g.Dones) == 0 {
		return false
	}
	for _, done := range g.Dones {
		if !done.Deferred || !sendsOnce(done.Func, m.in.Chan) {
			return false
		}
	}
	return true
}

// sendsOnce reports whether f sends on c outside of loops.
func sendsOnce(f *model.Func, c *model.Chan) bool {
	for _, o := range c.Sends {
		if o.Func == f {
			return !f.Reaches(o.Block(), o.Block())
		}
	}
	return false
}

// isPeriodicJoin reports whether the case of a clock waits for what it started,
// and nothing but the end of the loop and signals without data wait meanwhile.
func isPeriodicJoin(st stall, victims []*model.Case) bool {
	if st.op.Action != model.GroupWait || st.in == nil || st.in.Kind != model.Ticker && st.in.Kind != model.Timer {
		return false
	}
	for _, k := range victims {
		if k.Kind == model.Ticker || k.Kind == model.Work && !isSignal(k.Value.Type()) {
			return false
		}
	}
	return true
}

// isStateCell reports whether a receive takes a value out of a channel that has
// room for one and into which the same function puts it back: a lock that is held
// for a few lines.
func isStateCell(o *model.Op) bool {
	if o.Action != model.Recv || o.Chan == nil || o.Chan.MaxCapKnown() != 1 {
		return false
	}
	for _, put := range o.Chan.Sends {
		if put.Func == o.Func && o.Func.MayFollow(o.Instr, put.Instr) {
			return true
		}
	}
	return false
}
