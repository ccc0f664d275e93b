package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file judges channels without buffer that carry data. Must: every make is
// in view and none has a buffer, or it is a variable of the package that starts
// as such and is only sent to, received from and closed.

// judgeChan judges unbuffered-queue and unbuffered-data-channel.
func (j *judge) judgeChan(c *model.Chan) {
	made, ok := j.madeWithoutBuffer(c)
	if !ok || c.IsSignal() || len(c.Sends) == 0 || isPrivate(c) || j.IsTestFile(made) {
		return
	}
	if j.unbufferedQueue(c, made) {
		return
	}
	o := c.Sends[0]
	j.add(report.Finding{
		Rule:    "unbuffered-data-channel",
		Pos:     made,
		Message: fmt.Sprintf("%s has no buffer, so the send %s waits for its receiver; give it a capacity or send in a select", chanName(c), j.report.Where(made, o.Pos)),
		Related: []analysis.RelatedInformation{report.Step(o.Pos, "this send waits")},
		Defect:  c,
	})
}

// isPrivate reports whether a channel stays within one declared function: a
// hand-off between a function and its goroutines.
func isPrivate(c *model.Chan) bool {
	if len(c.Makes) == 0 {
		return false // a variable of the package
	}
	home := c.Makes[0].Func.Decl()
	for _, o := range append(receivers(c), c.Sends...) {
		if o.Func.Decl() != home {
			return false
		}
	}
	return !c.Out
}

// unbufferedQueue judges unbuffered-queue.
func (j *judge) unbufferedQueue(c *model.Chan, made token.Pos) bool {
	worker, ok := soleReceiver(c)
	send := exportedSend(c)
	if !ok || send == nil || hasAnswer(c) || stopsReceiver(c) || isWriter(send.Func) {
		return false
	}
	at, wait, ok := j.worksBetween(worker)
	if !ok {
		return false
	}
	j.add(report.Finding{
		Rule:    "unbuffered-queue",
		Pos:     made,
		Message: fmt.Sprintf("%s has no buffer: callers of %s wait while %s waits for the %s %s; give it a capacity", chanName(c), send.Func.Obj.Name(), receiverName(worker), outsideName(work{wait: wait}), j.report.Where(made, at.Pos)),
		Related: []analysis.RelatedInformation{
			report.Step(send.Pos, "%s sends here, and nothing ends its wait", send.Func.Name()),
			report.Step(worker.Pos, "the only receiver"),
			report.Step(at.Pos, "between two receives it waits here, in %s", at.Name()),
		},
		Defect: c,
	})
	return true
}

// soleReceiver returns the one operation that receives from c, in a loop of a
// goroutine that is started once.
func soleReceiver(c *model.Chan) (*model.Op, bool) {
	list := receivers(c)
	if len(list) != 1 {
		return nil, false
	}
	o := list[0]
	if o.Func.LoopAt(o.Pos) == nil && o.Action != model.RangeRecv {
		return nil, false
	}
	for _, s := range o.Func.Started {
		if s.Loop != nil {
			return nil, false
		}
	}
	return o, len(o.Func.Started) <= 1
}

// stopsReceiver reports whether the receiver ends with what it receives: the
// channel brings no work but the order to stop.
func stopsReceiver(c *model.Chan) bool {
	for _, k := range c.Cases {
		body := k.Clause.Body
		if k.Dir == sendOnly || len(body) == 0 {
			continue
		}
		if _, ok := body[len(body)-1].(*ast.ReturnStmt); ok {
			return true
		}
	}
	return false
}

// isWriter reports whether a function is the Write of a stream: its callers must
// feel how fast the stream is.
func isWriter(f *model.Func) bool {
	return f.Obj != nil && f.Obj.Signature().Recv() != nil && f.Obj.Name() == "Write"
}

// exportedSend returns a bare send of an exported function that goes on without
// waiting for an answer, or nil.
func exportedSend(c *model.Chan) *model.Op {
	for _, o := range c.Sends {
		if o.Func.Obj != nil && o.Func.Obj.Exported() && o.Select == nil && len(o.Func.Started) == 0 && !waitsAfter(o) {
			return o
		}
	}
	return nil
}

// waitsAfter reports whether the sender goes on to receive: a request, whose
// answer takes as long anyway.
func waitsAfter(send *model.Op) bool {
	for _, o := range send.Func.Ops {
		if (o.Action == model.Recv || o.Action == model.SelectWait || o.Action == model.GroupWait) && send.Func.MayFollow(send.Instr, o.Instr) {
			return true
		}
	}
	return false
}

// hasAnswer reports whether the elements of c bring a channel or a function for
// the answer.
func hasAnswer(c *model.Chan) bool {
	t := c.Elem
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Struct:
		for field := range u.Fields() {
			if _, ok := field.Type().Underlying().(*types.Chan); ok {
				return true
			}
		}
	}
	return false
}

// worksBetween returns the wait for something outside that the receiver's loop
// does in its own goroutine.
func (j *judge) worksBetween(recv *model.Op) (*model.Op, facts.Wait, bool) {
	l := loopOf(recv)
	for _, o := range recv.Func.Ops {
		if o.Action != model.CallWait || o.Call == nil || l == nil || !l.Contains(o.Pos) {
			continue
		}
		for _, w := range j.Facts.Waits(o.Call) {
			if w.Kind.IsOutside() {
				return o, w, true
			}
		}
	}
	return nil, facts.Wait{}, false
}

// loopOf returns the loop whose turns receive.
func loopOf(recv *model.Op) *model.Loop {
	for _, l := range recv.Func.Loops {
		if recv.Action == model.RangeRecv && l.Pos() == recv.Pos {
			return l
		}
	}
	return recv.Func.LoopAt(recv.Pos)
}

// receiverName returns what a message calls the receiver's function.
func receiverName(o *model.Op) string {
	if o.Func.Obj != nil {
		return o.Func.Obj.Name()
	}
	return "its only receiver"
}

// chanName returns what a message calls a channel: the first of its variables.
func chanName(c *model.Chan) string {
	if len(c.Vars) > 0 {
		return c.Vars[0].Name()
	}
	return "the channel"
}
