package lockacrossblock

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// judgeChanOp judges a channel operation under a lock.
func (j *judge) judgeChanOp(w *wait) {
	hasRoom := j.hasRoom(w)
	if !hasRoom && j.judgePermit(w) || j.isDelivered(w) || isClosed(w.op) || j.neverWaits(w) {
		return
	}
	room := hasRoom || isToken(w.op)
	if (!room || fillsUp(w.op) && isPlain(w)) && j.judgeCounterpart(w) || room {
		return
	}
	strict := j.isExcused(w) && !(j.isLocal(w.held.Class) && j.isMutual(w)) || j.isPastEnd(w) || j.isAnswered(w) || j.isAwaited(w) || j.isQuickSignal(w) || isTimed(w.op) && !j.awaitsLockers(w) || j.isPrivateChan(w.op) || isDrained(w.op) || isCollector(w.op) ||
		w.call != nil && w.op.Action == model.Send && w.op.Chan != nil && w.op.Chan.MinCap() > 1
	if !j.isRepeated(w, strict) {
		j.add(w, chanOpUnderLock, strict, j.across(w, chanOpUnderLock, w.what(), "unlock first"))
	}
}

// spell is one channel in one critical section: to wait for it twice there is
// one defect with one cure.
type spell struct {
	from   token.Pos
	place  model.Place
	c      *model.Chan
	strict bool
}

// isRepeated reports whether a wait for the same channel in the same critical
// section was seen already.
func (j *judge) isRepeated(w *wait, strict bool) bool {
	if w.held.Assumed || w.op.Chan == nil {
		return false
	}
	s := spell{w.held.Pos, w.op.Place, w.op.Chan, strict}
	if w.call != nil {
		s.place = model.Place{} // in the callee's words
	}
	seen := j.spells[s]
	j.spells[s] = true
	return seen
}

// hasRoom reports whether a send provably, or by all convention, never waits: a
// channel made in the same function with a capacity, or one of capacity one,
// which holds a single answer or wake-up.
func (j *judge) hasRoom(w *wait) bool {
	if w.op.Select != nil && slices.ContainsFunc(w.op.Select.Cases, j.hasSlot) {
		return true
	}
	if w.op.Action != model.Send || w.op.Chan == nil {
		return false
	}
	c := w.op.Chan
	if j.isSlot(c) {
		return true
	}
	return c.MaxCap() != 0 && (isMadeIn(w.op.Value, w.op.Func) || isOfFreshObject(w.op))
}

// hasSlot reports whether a case sends on a channel of capacity one.
func (j *judge) hasSlot(k *model.Case) bool {
	return k.Dir == types.SendOnly && k.Chan != nil && j.isSlot(k.Chan)
}

// isSlot reports whether a channel holds one value, as far as the package shows.
func (j *judge) isSlot(c *model.Chan) bool {
	return c.MinCap() == 1 && c.MaxCap() == 1 || (c.In || len(c.Makes) == 0) && j.isOneSlot(c.Elem)
}

// fillsUp reports whether a send may find the room of a channel used up, whatever it
// is: the channel belongs to an object that is handed in, so that it can be sent on
// again and again, and loops take from it one by one.
func fillsUp(o *model.Op) bool {
	c := o.Chan
	if o.Action != model.Send || c == nil || !c.IsClosedWorld() || c.MaxCap() < 1 || c.MaxCap() >= bigBuffer || !isParam(o.Place) || o.Place.Fields == "" {
		return false
	}
	others := counterparts(c, true)
	return len(others) > 0 && !slices.ContainsFunc(others, func(x *model.Op) bool { return loopOf(x) == nil || x.Func.Decl() == o.Func.Decl() })
}

// isPlain reports whether nothing that a lock may guard decides whether a send is
// come to: it is always made, here and in the callee.
func isPlain(w *wait) bool {
	return isAlwaysRun(w.op.Func, w.op.Block()) && (w.call == nil || isAlwaysRun(w.from, w.call.Instr.Block()))
}

// isClosed reports whether a receive comes after the channel was closed in the
// same function: it drains and never waits.
func isClosed(o *model.Op) bool {
	if o.Action != model.Recv && o.Action != model.RangeRecv || !isFixed(o.Place) {
		return false
	}
	return slices.ContainsFunc(o.Func.Ops, func(x *model.Op) bool {
		return x.Action == model.Close && !x.Deferred && x.Place == o.Place && model.Before(x.Instr, o.Instr)
	})
}

// isDelivered reports whether a receive finds its value in the buffer: all sends
// happen under the same lock, so what the lock guards says that it is there.
func (j *judge) isDelivered(w *wait) bool {
	c := w.op.Chan
	if w.op.Action != model.Recv || c == nil || !c.IsClosedWorld() || c.MinCap() == 0 || len(c.Sends) == 0 {
		return false
	}
	for _, s := range c.Sends {
		if !slices.ContainsFunc(j.locks.HeldAt(s.Func, s.Instr), func(h lockset.Held) bool { return h.Class == w.held.Class }) {
			return false
		}
	}
	return true
}

// isOneSlot reports whether every channel of a type of this package's own that
// the package makes has a capacity of one: where one comes from a container, it
// will be such a one.
func (j *judge) isOneSlot(elem types.Type) bool {
	if named := model.NamedOf(elem); named == nil || named.Obj().Pkg() != j.Pass.Pkg {
		return false
	}
	found := false
	for _, c := range j.Chans {
		if len(c.Makes) == 0 || c.Elem == nil || !types.Identical(c.Elem, elem) {
			continue
		}
		if slices.ContainsFunc(c.Makes, func(m *model.Make) bool { return m.Cap != 1 && !j.IsTestFile(m.Pos) }) {
			return false
		}
		found = true
	}
	return found
}

// isOfFreshObject reports whether a channel belongs to an object that is made in
// the function together with the channel.
func isOfFreshObject(o *model.Op) bool {
	alloc, ok := o.Place.Root.(*ssa.Alloc)
	return ok && alloc.Parent() == o.Func.SSA && o.Place.Fields != "" &&
		slices.ContainsFunc(o.Chan.Makes, func(m *model.Make) bool { return m.Func == o.Func })
}

// isPrivateChan reports whether a channel is made for this one use, in the
// function itself, or comes from a call: who works for it was started for it, or
// it tells of an end that the caller knows to be near.
func (j *judge) isPrivateChan(o *model.Op) bool {
	if o.Value == nil {
		return false
	}
	if isMadeIn(o.Value, o.Func) {
		return true
	}
	call, ok := j.PlaceOf(o.Value).Root.(*ssa.Call)
	return ok && !isContextDone(call.Common()) && !isClock(call.Common())
}

// isContextDone reports whether a call is a context's Done.
func isContextDone(common *ssa.CallCommon) bool {
	return common.IsInvoke() && common.Method.Name() == "Done" && model.IsContext(common.Value.Type())
}

// isClock reports whether a call is one of package time: time.After, time.Tick.
func isClock(common *ssa.CallCommon) bool {
	fn := common.StaticCallee()
	return fn != nil && fn.Object() != nil && fn.Object().Pkg() != nil && fn.Object().Pkg().Path() == "time"
}

// isDrained reports whether a send comes after a select that takes out what
// nobody has fetched: the channel holds the latest value only.
func isDrained(o *model.Op) bool {
	if o.Action != model.Send {
		return false
	}
	for _, s := range o.Func.Selects {
		for _, k := range s.Cases {
			sameChan := k.Value == o.Value || k.Chan != nil && k.Chan == o.Chan
			if s.HasDefault && k.Dir == types.RecvOnly && sameChan && model.Before(s.Op.Instr, o.Instr) {
				return true
			}
		}
	}
	return false
}

// isCollector reports whether a send hands a metric to the registry that asks
// for it and takes whatever comes.
func isCollector(o *model.Op) bool {
	if o.Action != model.Send || o.Value == nil {
		return false
	}
	ch, ok := o.Value.Type().Underlying().(*types.Chan)
	if !ok {
		return false
	}
	t := ch.Elem()
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "github.com/prometheus/client_golang/prometheus"
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
