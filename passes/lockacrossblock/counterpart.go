package lockacrossblock

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds channel operations under a lock whose every counterpart needs
// that lock before it can come: a deadlock, not only a delay. All counterparts
// must be in view. The instances are taken to be the same, which is how nearly
// all code is written.

// judgeCounterpart reports a deadlock and says whether it did.
func (j *judge) judgeCounterpart(w *wait) bool {
	c, others := j.peers(w.op)
	if len(others) == 0 {
		return false
	}
	for _, h := range w.all {
		if taken, at := j.allNeed(w, h, others); taken != nil {
			if !j.circles[circle{c, h.Class}] {
				j.circles[circle{c, h.Class}] = true
				j.addDeadlock(w, h, taken, at)
			}
			return true
		}
	}
	return false
}

// allNeed returns where a counterpart takes h's lock, and the counterpart, if all
// of them must take it before they can end the wait.
func (j *judge) allNeed(w *wait, h lockset.Held, others []*model.Op) (taken, at *model.Op) {
	sends := w.op.Action == model.Send || w.op.Action == model.SelectWait
	isEnd := !sends && j.endsUnder(w, h)
	if !sends && w.op.Chan.MaxCap() != 0 && !(isMadeIn(w.op.Value, w.op.Func) && j.areStartedUnder(w, h, others)) {
		return nil, nil // a value may lie in the buffer
	}
	if !sends && !isEnd && !isUnasked(w, h) && !j.areStartedUnder(w, h, others) {
		return nil, nil
	}
	for _, o := range others {
		if taken = j.needsBefore(w, o, h); taken == nil && !sends {
			taken = j.onWay(o, h)
		}
		if taken == nil && sends {
			taken = j.needsOnLeaving(w, o, h)
		}
		if taken == nil && isEnd {
			taken = j.onLoop(o, h)
		}
		if taken == nil {
			return nil, nil
		}
		at = o
	}
	return taken, at
}

// endsUnder reports whether the waiting function itself announces the end that it
// waits for, with the lock in hand: nobody can have come to it before.
func (j *judge) endsUnder(w *wait, h lockset.Held) bool {
	return announces(w.op, func(i ssa.Instruction) bool { return w.call != nil || j.isHeldFrom(w.from, i, h) || h.Assumed }) ||
		w.call != nil && announces(&model.Op{Func: w.from, Instr: w.call.Instr}, func(i ssa.Instruction) bool { return j.isHeldFrom(w.from, i, h) })
}

// circle is a channel and a lock that wait for each other; that it is seen from
// both ends makes no second defect.
type circle struct {
	c    *model.Chan
	lock types.Object
}

// isUnasked reports whether nothing is looked at between taking a lock and a
// receive: a look at what the lock guards may say that the value is there.
func isUnasked(w *wait, h lockset.Held) bool {
	if w.call != nil || h.Value == nil {
		return false
	}
	for _, o := range w.from.Ops {
		if o.Pos == h.Pos && o.Block() == w.op.Block() {
			return true
		}
	}
	return false
}

// peers returns a channel that an operation waits for and all that could end the
// wait; none if others may, or if there is room for good. Of a select, which stops may end
// besides, the one thing to do must be a send.
func (j *judge) peers(o *model.Op) (*model.Chan, []*model.Op) {
	c, sends := o.Chan, o.Action == model.Send
	if o.Action == model.SelectWait {
		c, sends = soleSend(o.Select), true
	}
	if c == nil || !c.IsClosedWorld() || sends && c.MaxCap() != 0 && !fillsUp(o) {
		return nil, nil
	}
	return c, counterparts(c, sends)
}

// soleSend returns the channel of a select's only case that is no stop, if it is
// a send; nil otherwise.
func soleSend(s *model.Select) (c *model.Chan) {
	if s == nil || s.HasDefault {
		return nil
	}
	for _, k := range s.Cases {
		switch {
		case k.Kind == model.Stop:
		case k.Dir == types.SendOnly && c == nil && k.Chan != nil:
			c = k.Chan
		default:
			return nil
		}
	}
	return c
}

// counterparts returns the operations that could end the wait of a send or of a
// receive; a case of a select stands for its select.
func counterparts(c *model.Chan, sends bool) []*model.Op {
	var out []*model.Op
	if sends {
		out = append(out, c.Recvs...)
	} else {
		out = append(append(out, c.Sends...), c.Closes...)
	}
	for _, k := range c.Cases {
		if (k.Dir == types.RecvOnly) == sends {
			out = append(out, k.Select.Op)
		}
	}
	return out
}

// needsBefore returns where a counterpart takes a lock of h's class before it
// comes to its operation, each time or between two times; nil if it does not.
func (j *judge) needsBefore(w *wait, o *model.Op, h lockset.Held) *model.Op {
	if o.Deferred {
		return nil
	}
	for _, x := range o.Func.Ops {
		if isBeforeMake(x, w.op, o) || isOnClosed(x, o) || w.op.Select != nil && isOnStop(x, o) {
			continue
		}
		if mustWaitFor(x, h) && (model.Before(x.Instr, o.Instr) || isBetween(x, o)) {
			return x
		}
	}
	loop := loopOf(o)
	if loop == nil {
		return nil
	}
	for _, c := range o.Func.AllCalls() {
		if loop.Contains(c.Pos) && !c.Deferred {
			if x := j.takesIn(c, h, maxNeed); x != nil {
				return x
			}
		}
	}
	return nil
}

// mustWaitFor reports whether an operation waits while h is held elsewhere.
func mustWaitFor(x *model.Op, h lockset.Held) bool {
	return lockset.IsAcquire(x) && !x.Deferred && h.Class != nil && x.Class == h.Class && (x.Action == model.Lock || h.Mode == lockset.Write)
}

// isBetween reports whether x stands in the loop that repeats o.
func isBetween(x, o *model.Op) bool {
	loop := loopOf(o)
	return loop != nil && loop.Contains(x.Pos) && !isMadeInLoop(x, loop) && !isMadeInLoop(o, loop)
}

// loopOf returns the loop that repeats an operation: that of a range over a
// channel is its own.
func loopOf(o *model.Op) *model.Loop {
	if o.Action == model.RangeRecv {
		for _, l := range o.Func.Loops {
			if l.Pos() == o.Pos {
				return l
			}
		}
	}
	return o.Func.LoopAt(o.Pos)
}

// isMadeInLoop reports whether the object of an operation is a variable of the
// loop's body: each turn has its own.
func isMadeInLoop(o *model.Op, loop *model.Loop) bool {
	return o.Class != nil && o.Func == loop.Func && loop.Contains(o.Class.Pos()) || isMadeAt(o, loop)
}

// isMadeAt reports whether a channel is made in the loop.
func isMadeAt(o *model.Op, loop *model.Loop) bool {
	return o.Chan != nil && slices.ContainsFunc(o.Chan.Makes, func(m *model.Make) bool { return m.Func == loop.Func && loop.Contains(m.Pos) })
}

// addDeadlock reports the circle; if its rule is switched off, the wait under the
// lock remains.
func (j *judge) addDeadlock(w *wait, h lockset.Held, taken, other *model.Op) {
	who := "its receiver"
	switch {
	case w.op.Action == model.SelectWait:
		who = "the receiver"
	case other.Action == model.Close:
		who = "whoever closes it"
	case w.op.Action != model.Send:
		who = "its sender"
	}
	what := w.what()
	const form = "%s is held across %s, but %s needs %s too (%s); unlock first"
	message := fmt.Sprintf(form, h.Name, what, who, lockset.LockName(taken), where(j, w, taken))
	if w.call != nil && len(message) > report.MaxMessage-len(lockDeadlock)-3 {
		message = fmt.Sprintf(form, h.Name, calleeOf(w.call), who, lockset.LockName(taken), where(j, w, taken))
	}
	steps := append(j.steps(w),
		report.Step(w.op.Pos, "%s waits here for %s", w.op.Func.Name(), who),
		report.Step(taken.Pos, "%s, in %s, takes %s here", who, taken.Func.Name(), lockset.LockName(taken)),
		report.Step(other.Pos, "and only then comes here"))
	f := report.Finding{Rule: lockDeadlock, Pos: w.pos(), Message: clip(message, lockDeadlock), Related: steps, Defect: w.defect()}
	f.Fix, f.Unsafe = j.fixFor(w, lockDeadlock)
	j.note(f)
	j.add(w, chanOpUnderLock, false, j.across(w, chanOpUnderLock, what, "unlock first"))
}
