package blockingcall

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// An actor answers on a channel that came with the request. If that channel has
// no buffer and the requester has left, the actor waits for ever, and everybody
// else's requests with it. Must: the channel is made without buffer, some
// requester's select has another way out, and the actor's send is bare in a
// loop. Which make meets which send is by channel class (may).

// replyBlocks judges reply-blocks-actor.
func (j *judge) replyBlocks(c *model.Chan) {
	leaver := leavingReceive(c)
	if leaver == nil {
		return
	}
	answer := j.answerOn(c)
	if answer == nil {
		answer = j.answerThrough(c)
	}
	if answer == nil {
		return
	}
	for _, m := range c.Makes {
		if m.Cap == 0 && m.Func.Decl() != answer.Func.Decl() && isRequester(m, leaver) {
			j.addReply(m, leaver, answer)
		}
	}
}

// addReply reports the make of a reply channel.
func (j *judge) addReply(m *model.Make, leaver *model.Case, answer *model.Op) {
	where := j.report.Where(m.Pos, answer.Pos)
	j.report.Add(report.Finding{
		Rule: "reply-blocks-actor",
		Pos:  m.Pos,
		Message: fit("reply-blocks-actor",
			"if the requester leaves first, "+answer.Func.Name()+" waits for ever to send on "+answer.Name()+" ("+where+"); make room for 1",
			"if the requester leaves first, the actor's send on "+clip(answer.Name(), 20)+" ("+where+") waits for ever; make room for 1"),
		Related: []analysisStep{
			report.Step(leaver.Pos, "the requester may leave here without the answer"),
			report.Step(answer.Pos, "the actor then waits here, and all other requests with it"),
		},
		Fix:    j.roomFix(m),
		Strict: j.IsTestCode(m.Pos),
	})
}

// roomFix gives a make a capacity of 1: an answer then never waits.
func (j *judge) roomFix(m *model.Make) *analysis.SuggestedFix {
	call := j.callAt(m.Instr.Pos())
	if call == nil || len(call.Args) != 1 {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   "Make room for the answer",
		TextEdits: []analysis.TextEdit{{Pos: call.Args[0].End(), End: call.Args[0].End(), NewText: []byte(", 1")}},
	}
}

// leavingReceive returns the case by which a requester may leave a select that
// also waits for the answer, or nil.
func leavingReceive(c *model.Chan) *model.Case {
	for _, k := range c.Cases {
		if k.Dir != types.RecvOnly || k.Kind == model.Ticker || isStreamCase(c, k) {
			continue
		}
		for _, other := range k.Select.Cases {
			isExit := other.Kind == model.Stop || other.Kind == model.Timer
			if other != k && isExit && other.Dir == types.RecvOnly && other.MayLeave() && !receivesLater(c, other) {
				return other
			}
		}
	}
	return nil
}

// isStreamCase reports whether a looped case goes on receiving from a channel that
// was made before the loop: many values for one request.
func isStreamCase(c *model.Chan, k *model.Case) bool {
	loop := k.Select.Loop()
	if loop == nil || !k.MayStay() {
		return false
	}
	return !slices.ContainsFunc(c.Makes, func(m *model.Make) bool { return m.Func == loop.Func && loop.Contains(m.Pos) })
}

// receivesLater reports whether the answer is still awaited behind the case by
// which the select was left.
func receivesLater(c *model.Chan, left *model.Case) bool {
	f := left.Select.Func()
	after := func(b *ssa.BasicBlock) bool { return b == left.Entry || f.Reaches(left.Entry, b) }
	for _, o := range c.Recvs {
		if o.Func == f && after(o.Block()) || o.Func.Parent == f {
			return true
		}
	}
	for _, k := range c.Cases {
		if k.Select != left.Select && k.Dir == types.RecvOnly && k.Select.Func() == f && after(k.Select.Op.Block()) {
			return true
		}
	}
	return false
}

// isRequester reports whether a make belongs to the function whose select may
// be left, to one that it calls for a fresh request, or to one whose caller
// waits there for the answer.
func isRequester(m *model.Make, leaver *model.Case) bool {
	f := leaver.Select.Func().Decl()
	if m.Func.Decl() == f {
		return true
	}
	for _, c := range m.Func.Decl().Callers {
		if c.From.Decl() == f || slices.ContainsFunc(f.Callers, func(w *model.Call) bool { return w.From.Decl() == c.From.Decl() }) {
			return true
		}
	}
	return false
}

// answerOn returns an actor's bare send on c: in a loop that takes requests,
// on a channel that came with one.
func (j *judge) answerOn(c *model.Chan) *model.Op {
	for _, o := range c.Sends {
		if o.Select == nil && isFromRequest(o) && j.isServedInLoop(o.Func, o.Pos, 3) && goesOn(o) {
			return o
		}
	}
	return nil
}

// isElement reports whether a value is an element of a slice.
func isElement(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	_, ok = load.X.(*ssa.IndexAddr)
	return ok
}

// goesOn reports whether the loop that a send is written in turns again after it,
// so that others are served.
func goesOn(o *model.Op) bool {
	return o.Func.LoopAt(o.Pos) == nil || o.Func.Reaches(o.Block(), o.Block())
}

// isFromRequest reports whether a send's channel is a field of something
// received or handed in, or was itself received, perhaps some time ago.
func isFromRequest(o *model.Op) bool {
	if isElement(o.Value) {
		return true // kept with others until it is answered
	}
	place := o.Func.Pkg.PlaceOf(o.Value)
	if place.Fields == "" {
		_, isParam := place.Root.(*ssa.Parameter)
		return isParam
	}
	if p, ok := place.Root.(*ssa.Parameter); ok && isReceiverParam(p) {
		return isMethodOfRequest(o.Func)
	}
	return true
}

// isMethodOfRequest reports whether callers in view call f on something other
// than their own receiver: the method that answers a request, not the actor's.
func isMethodOfRequest(f *model.Func) bool {
	for _, c := range f.Callers {
		args := c.Instr.Common().Args
		if len(args) == 0 || c.Instr.Common().IsInvoke() {
			return false
		}
		p, ok := f.Pkg.PlaceOf(args[0]).Root.(*ssa.Parameter)
		if ok && isReceiverParam(p) {
			return false
		}
	}
	return len(f.Callers) > 0
}

// isReceiverParam reports whether p is the receiver of its method.
func isReceiverParam(p *ssa.Parameter) bool {
	fn := p.Parent()
	return fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == p
}

// isServedInLoop reports whether f does what is at pos in the goroutine of a
// loop that receives requests.
func (j *judge) isServedInLoop(f *model.Func, pos token.Pos, depth int) bool {
	for l := f.LoopAt(pos); l != nil; l = l.Parent {
		if l.Kind == model.RangeChan || (l.Kind == model.Endless || l.Kind == model.While) && receivesIn(f, l) {
			return true
		}
	}
	if depth == 0 || len(f.Started) > 0 {
		return false
	}
	for _, c := range f.Callers {
		if !c.Deferred && !isSpawn(c.Instr) && j.isServedInLoop(c.From, c.Pos, depth-1) {
			return true
		}
	}
	return false
}

// receivesIn reports whether a loop receives requests.
func receivesIn(f *model.Func, l *model.Loop) bool {
	for _, o := range f.Ops {
		if o.Action == model.Recv && l.Contains(o.Pos) && f.Pkg.ChanKind(o.Value, o.Expr()) == model.Work {
			return true
		}
	}
	for _, s := range f.Selects {
		for _, k := range s.Cases {
			if k.Dir == types.RecvOnly && k.Kind == model.Work && l.Contains(k.Pos) {
				return true
			}
		}
	}
	return false
}
