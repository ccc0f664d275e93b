package blockingcall

import (
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A loop that sends bare on an unbuffered channel which only the loop itself
// receives from waits for itself, for ever. Must: every make and every receive
// of the channel is in view, and a single goroutine runs the loop.

// selfSend judges loop-sends-to-itself.
func (j *judge) selfSend(c *model.Chan) {
	if !c.IsUnbuffered() || c.Out || c.MaybeNil || len(c.Sends) == 0 {
		return
	}
	loop := soleReceiver(c)
	if loop == nil || !isAlone(loop.Func, c) {
		return
	}
	for _, o := range c.Sends {
		if via := sentInside(loop, o); via != nil {
			j.addSelfSend(c, o, via)
		}
	}
}

// addSelfSend reports one send; via is the send itself or the call that leads
// to it.
func (j *judge) addSelfSend(c *model.Chan, o *model.Op, via *sentBy) {
	recv := receiveOf(c)
	related := []analysisStep{report.Step(recv.Pos, "the only receive"), report.Step(c.Makes[0].Pos, "made without a buffer")}
	if via.call != nil {
		related = append(related, report.Step(via.call.Pos, "the loop calls %s here", o.Func.Name()))
	}
	where := j.report.Where(o.Pos, recv.Pos)
	j.report.Add(report.Finding{
		Rule: "loop-sends-to-itself",
		Pos:  o.Pos,
		Message: fit("loop-sends-to-itself",
			"this send on "+o.Name()+" waits for ever: only this loop itself receives from it ("+where+"); keep a queue",
			"this send waits for ever: only this loop itself receives from "+clip(o.Name(), 20)+" ("+where+"); keep a queue"),
		Related: related,
	})
}

// receiveOf returns one receive of a channel.
func receiveOf(c *model.Chan) *model.Op {
	if len(c.Recvs) > 0 {
		return c.Recvs[0]
	}
	for _, k := range c.Cases {
		if k.Dir == types.RecvOnly {
			return &model.Op{Pos: k.Pos, Func: k.Select.Func()}
		}
	}
	return nil
}

// soleReceiver returns the loop that holds every receive of a channel, or nil.
func soleReceiver(c *model.Chan) *model.Loop {
	var loop *model.Loop
	add := func(l *model.Loop) bool {
		l = outermost(l)
		if l == nil || loop != nil && l != loop {
			return false
		}
		loop = l
		return true
	}
	for _, o := range c.Recvs {
		l := o.Func.LoopAt(o.Pos)
		if o.Action == model.RangeRecv {
			l = rangeLoop(o)
		}
		if !add(l) {
			return nil
		}
	}
	for _, k := range c.Cases {
		if k.Dir == types.RecvOnly && !add(k.Select.Loop()) {
			return nil
		}
	}
	return loop
}

// rangeLoop returns the loop that ranges over a channel.
func rangeLoop(o *model.Op) *model.Loop {
	for _, l := range o.Func.Loops {
		if l.Kind == model.RangeChan && l.Pos() == o.Pos {
			return l
		}
	}
	return nil
}

// outermost returns the loop of the function that holds l.
func outermost(l *model.Loop) *model.Loop {
	for l != nil && l.Parent != nil {
		l = l.Parent
	}
	return l
}

// isAlone reports whether one goroutine at most runs f for each channel: f makes
// it, or f is started in one place that no loop repeats.
func isAlone(f *model.Func, c *model.Chan) bool {
	if len(f.Started) > 1 || len(f.Started) == 1 && f.Started[0].Loop != nil || isPooled(f, isCounted, 3) || isPooled(f, isOverSet, 3) {
		return false
	}
	if len(f.Started) == 1 && len(f.Callers) > 0 && !isOnlyStarted(f) {
		return false
	}
	return len(c.Makes) == 1
}

// isOnlyStarted reports whether f is never called in the caller's goroutine.
func isOnlyStarted(f *model.Func) bool {
	return !slices.ContainsFunc(f.Callers, func(c *model.Call) bool { return !isSpawn(c.Instr) })
}

// sentBy says how a loop comes to send: by itself, or by a call.
type sentBy struct{ call *model.Call }

// sentInside finds how the loop's goroutine comes to a send: in the loop's own
// body, or in a function that only the loop calls. It is nil if the send may
// happen elsewhere.
func sentInside(l *model.Loop, o *model.Op) *sentBy {
	if o.Select != nil || o.Deferred {
		return nil
	}
	if o.Func == l.Func {
		if l.Contains(o.Pos) && o.Func.Reaches(o.Block(), o.Block()) {
			return &sentBy{}
		}
		return nil
	}
	f := o.Func
	if len(f.Callers) == 0 || len(f.Started) > 0 || f.EscapesAsValue() || f.IsExported() {
		return nil
	}
	for _, c := range f.Callers {
		if c.From != l.Func || c.Deferred || isSpawn(c.Instr) || !l.Contains(c.Pos) || !l.Func.Reaches(c.Instr.Block(), c.Instr.Block()) {
			return nil
		}
	}
	return &sentBy{f.Callers[0]}
}
