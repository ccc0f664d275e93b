package selectcancel

import (
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
)

// This file proves that a bare receive or a group's Wait may last for ever: what
// it waits for stands in a goroutine in view, behind a call that waits for the
// outside without bound. Where the goroutine has the context in scope itself and
// the call has a form that takes it, that call is the one to report.

// hangsAt returns the call at which the counterpart of o may hang, or nil.
func (j *judge) hangsAt(o *model.Op, ctx model.Ctx) *model.Op {
	switch o.Action {
	case model.Recv:
		return j.senderHangs(o.Chan, ctx)
	case model.GroupWait:
		return j.memberHangs(o, ctx)
	}
	return nil
}

// senderHangs looks at the only sender of a channel all of whose uses are in
// view and which nobody closes.
func (j *judge) senderHangs(c *model.Chan, ctx model.Ctx) *model.Op {
	if !c.IsClosedWorld() || len(c.Sends) != 1 || len(c.Closes) > 0 || len(c.Cases) > 0 {
		return nil
	}
	send := c.Sends[0]
	if len(send.Func.Started) == 0 {
		return nil
	}
	for _, w := range send.Func.Ops {
		if j.isOutsideHang(w, ctx) && model.Before(w.Instr, send.Instr) {
			return w
		}
	}
	return nil
}

// memberHangs looks at the goroutines of a group that was started in view.
func (j *judge) memberHangs(o *model.Op, ctx model.Ctx) *model.Op {
	g := j.GroupOf(o)
	if g == nil || g.In || g.Out {
		return nil
	}
	for _, s := range j.Spawns {
		if s.Body == nil || s.Group == nil || j.GroupOf(s.Group) != g {
			continue
		}
		for _, w := range s.Body.Ops {
			if j.isOutsideHang(w, ctx) {
				return w
			}
		}
	}
	return nil
}

// isOutsideHang reports whether w waits for the outside without bound, in a
// function that uses no context, and is not reported itself.
func (j *judge) isOutsideHang(w *model.Op, ctx model.Ctx) bool {
	if w.Action != model.CallWait || w.Deferred || !w.Wait.IsLong() || !w.Wait.Kind.IsOutside() {
		return false
	}
	for _, other := range w.Func.Contexts() {
		if other.Var == ctx.Var && (w.Callee == nil || w.Wait.Kind == op.DB || j.hasContextForm(w)) {
			return false
		}
	}
	return !usesAnyContext(w.Func)
}
