package blockingcall

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A loop that sends bare on an unbuffered channel which only the loop itself
// receives from waits for itself, for ever. Must: every make and every receive
// of the channel is in view, a single goroutine runs the loop, and the send is on
// the channel of the same object.

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
		if via := j.sentInside(loop, c, o); via != nil {
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
		related = append(related, report.Step(via.call.Pos, "the loop calls %s here", via.call.To.Name()))
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
// body, or by way of functions that it calls. It is nil if the send is not known
// to be on the very channel that the loop receives from.
func (j *judge) sentInside(l *model.Loop, c *model.Chan, o *model.Op) *sentBy {
	own := j.receivePlace(c)
	if o.Select != nil || o.Deferred || own.IsZero() {
		return nil
	}
	if o.Func == l.Func {
		if l.Contains(o.Pos) && isRepeatedAt(l.Func, o.Block()) && o.Place == own {
			return &sentBy{}
		}
		return nil
	}
	for _, call := range l.Func.Calls {
		if l.Contains(call.Pos) && isRepeatedAt(l.Func, call.Instr.Block()) && j.leadsTo(call, o, []model.Place{own}, 3) {
			return &sentBy{call}
		}
	}
	return nil
}

// receivePlace returns where a receive of the channel finds it.
func (j *judge) receivePlace(c *model.Chan) model.Place {
	if len(c.Recvs) > 0 {
		return c.Recvs[0].Place
	}
	for _, k := range c.Cases {
		if k.Dir == types.RecvOnly {
			return j.PlaceOf(k.Value)
		}
	}
	return model.Place{}
}

// isRepeatedAt reports whether a loop comes back to a block.
func isRepeatedAt(f *model.Func, b *ssa.BasicBlock) bool { return f.Reaches(b, b) }

// leadsTo reports whether a call reaches the send o in the caller's goroutine, on
// one of the places.
func (j *judge) leadsTo(c *model.Call, o *model.Op, places []model.Place, depth int) bool {
	if c.Deferred || isSpawn(c.Instr) || depth == 0 {
		return false
	}
	inside := j.seenBy(c, places)
	switch {
	case len(inside) == len(places) && c.To.Obj != nil && !isGlobal(places[0]):
		return false // the callee cannot see the channel
	case o.Func == c.To:
		return slices.Contains(inside, o.Place)
	}
	return slices.ContainsFunc(c.To.Calls, func(next *model.Call) bool { return j.leadsTo(next, o, inside, depth-1) })
}

// seenBy adds to the places of a channel those by which a callee finds it: below
// the arguments that it is given.
func (j *judge) seenBy(c *model.Call, places []model.Place) []model.Place {
	all := slices.Clone(places)
	for i, arg := range c.Instr.Common().Args {
		given := j.PlaceOf(arg)
		if given.IsZero() || i >= len(c.To.SSA.Params) {
			continue
		}
		for _, p := range places {
			below, ok := strings.CutPrefix(p.Fields, given.Fields)
			if ok && given.Root == p.Root && (below == "" || below[0] == '.') {
				all = append(all, model.Place{Root: c.To.SSA.Params[i], Fields: below})
			}
		}
	}
	return all
}

// isGlobal reports whether a place is below a package-level variable.
func isGlobal(p model.Place) bool {
	_, ok := p.Root.(*ssa.Global)
	return ok
}
