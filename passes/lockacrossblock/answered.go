package lockacrossblock

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file knows waits that go on whoever wants the lock meanwhile: their other
// half needs no lock, or who comes for the lock ends the wait first. All of it
// must be in view; that the other half is quick is a may.

// isAnswered reports whether nothing that ends a wait depends on the lock held.
func (j *judge) isAnswered(w *wait) bool {
	return w.held.Class != nil && (j.isFreelyServed(w) || j.guardsClose(w) || j.isBuffered(w) || j.isEndedFirst(w))
}

// isFreelyServed reports whether a select that a stop ends is served by functions
// of the package which do not need the lock, and the stop is announced without it.
func (j *judge) isFreelyServed(w *wait) bool {
	s := w.op.Select
	if s == nil || s.HasDefault {
		return false
	}
	stops, works := 0, 0
	for _, k := range s.Cases {
		switch {
		case k.Kind == model.Stop:
			if j.isClosedUnder(k.Chan, w.held.Class) {
				return false
			}
			stops++
		case k.Kind != model.Work || !j.isServedFreely(k.Chan, k.Dir == types.SendOnly, w.held.Class):
			return false
		default:
			works++
		}
	}
	return stops > 0 && works > 0
}

// isServedFreely reports whether all that could take from a channel, or fill it,
// is in view and needs no lock of a class.
func (j *judge) isServedFreely(c *model.Chan, sends bool, class types.Object) bool {
	if !c.IsClosedWorld() {
		return false
	}
	others := counterparts(c, sends)
	return len(others) > 0 && !slices.ContainsFunc(others, func(o *model.Op) bool { return j.mayNeed(o.Func, class) && !j.needsOnStopOnly(o, class) })
}

// needsOnStopOnly reports whether what runs in a goroutine takes locks of a class only once it
// has heard of the end, of which the other side hears too.
func (j *judge) needsOnStopOnly(o *model.Op, class types.Object) bool {
	if len(o.Func.Callers) > 0 || o.Func.Parent != nil && len(o.Func.Started) == 0 {
		return false
	}
	for _, x := range o.Func.Ops {
		if x.Class == class && !isOnEnd(x, o) {
			return false
		}
	}
	for _, c := range o.Func.AllCalls() {
		if j.mayTouch(c.To)[class] && !isOnEnd(&model.Op{Func: o.Func, Instr: c.Instr}, o) {
			return false
		}
	}
	return true
}

// isOnEnd reports whether x is what a receiver does once it hears of the end, or
// finds its channel closed.
func isOnEnd(x, recv *model.Op) bool { return isOnStop(x, recv) || isOnClosed(x, recv) }

// mayNeed reports whether f, or who calls it, may take a lock of a class.
func (j *judge) mayNeed(f *model.Func, class types.Object) bool {
	for range maxUnder {
		if j.mayTouch(f)[class] || slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Class == class }) {
			return true
		}
		if f.Parent != nil && len(f.Started) == 0 {
			f = f.Parent
			continue
		}
		if len(f.Callers) != 1 {
			return slices.ContainsFunc(f.Callers, func(c *model.Call) bool { return j.mayTouch(c.From)[class] })
		}
		f = f.Callers[0].From
	}
	return false
}

// isClosedUnder reports whether a stop channel may be closed with a lock of a
// class held.
func (j *judge) isClosedUnder(c *model.Chan, class types.Object) bool {
	return c != nil && slices.ContainsFunc(c.Closes, func(o *model.Op) bool { return j.mayBeUnder(o.Func, o.Instr, class, maxUnder) })
}

// mayBeUnder reports whether a lock of a class is held at an instruction, by its
// function or by one of those that call it.
func (j *judge) mayBeUnder(f *model.Func, at ssa.Instruction, class types.Object, depth int) bool {
	if slices.ContainsFunc(j.locks.HeldAt(f, at), func(h lockset.Held) bool { return h.Class == class }) {
		return true
	}
	if depth == 0 {
		return false
	}
	for ; f.Parent != nil && len(f.Started) == 0; f = f.Parent {
		if j.mayTouch(f.Decl())[class] {
			return true
		}
	}
	return slices.ContainsFunc(f.Callers, func(c *model.Call) bool { return j.mayBeUnder(c.From, c.Instr, class, depth-1) })
}

// guardsClose reports whether a read lock is held across a send only so that the
// channel is not closed meanwhile, which happens under the write lock, and who
// receives needs no lock.
func (j *judge) guardsClose(w *wait) bool {
	c := w.op.Chan
	if w.op.Action != model.Send || w.held.Mode != lockset.Read || c == nil || len(c.Closes) == 0 || !j.isServedFreely(c, true, w.held.Class) {
		return false
	}
	return !slices.ContainsFunc(c.Closes, func(o *model.Op) bool { return !j.isUnder(o.Func, o.Instr, w.held.Class, maxUnder) })
}

// bigBuffer is the capacity from which a buffer is taken to be there so that nobody
// waits; one that is computed is too.
const bigBuffer = 64

// isBuffered reports whether a select that a stop ends waits for nothing but a big
// buffer to get room.
func (j *judge) isBuffered(w *wait) bool {
	c := soleSend(w.op.Select)
	if c == nil || len(w.op.Select.Cases) < 2 || len(c.Makes) == 0 {
		return false
	}
	return !slices.ContainsFunc(c.Makes, func(m *model.Make) bool { return m.Cap >= 0 && m.Cap < bigBuffer })
}

// isEndedFirst reports whether all who want the lock announce the end that the
// wait listens for before they ask for it, save those who come to wait for the
// same thing.
func (j *judge) isEndedFirst(w *wait) bool {
	if !listensForEnd(w.op) {
		return false
	}
	found := false
	for _, x := range j.locks.Ops(w.held.Class) {
		switch {
		case !lockset.IsAcquire(x):
		case !x.Deferred && endsFirst(x):
			found = true
		case !takesFrom(x.Func.Decl(), w.op) && !j.comesTo(x.Func.Decl(), w.op, maxUnder):
			return false
		}
	}
	return found
}

// listensForEnd reports whether an announced end is among what ends a wait.
func listensForEnd(o *model.Op) bool {
	if o.Select != nil {
		return o.Select.HasCase(model.Stop)
	}
	return (o.Action == model.Recv || o.Action == model.RangeRecv) && o.Chan != nil && len(o.Chan.Closes) > 0
}

// endsFirst reports whether an end is announced before a lock is taken: in the
// same function or, each time, where it is called.
func endsFirst(x *model.Op) bool {
	if announcesEnd(x) {
		return true
	}
	f := x.Func
	return len(f.Callers) > 0 && !f.IsExported() && !f.EscapesAsValue() && len(f.Started) == 0 &&
		!slices.ContainsFunc(f.Callers, func(c *model.Call) bool { return !announcesEnd(&model.Op{Func: c.From, Instr: c.Instr}) })
}

// comesTo reports whether f, or what it calls, contains an operation.
func (j *judge) comesTo(f *model.Func, o *model.Op, depth int) bool {
	if f == o.Func.Decl() {
		return true
	}
	return depth > 0 && slices.ContainsFunc(f.AllCalls(), func(c *model.Call) bool { return c.To != f && j.comesTo(c.To, o, depth-1) })
}

// takesFrom reports whether f itself receives from the channel that an operation
// receives from.
func takesFrom(f *model.Func, o *model.Op) bool {
	return o.Chan != nil && o.Action != model.Send &&
		slices.ContainsFunc(counterparts(o.Chan, true), func(x *model.Op) bool { return x.Func.Decl() == f })
}
