package selectcancel

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// A function with a context promises to stop when it ends. This file finds the
// waits that break the promise. Closed channels, values sent once and accessors
// count as cancellation just like Done (see internal/model/stop.go); answers
// that somebody promised who hears a context himself count too.

// selectIgnores judges select-ignores-ctx and timer-select.
func (j *judge) selectIgnores(s *model.Select, ctx model.Ctx) {
	f := s.Func()
	if isAfterDone(f, s.Op.Instr, s.Syntax.Pos()) || len(s.Cases) < 2 {
		return
	}
	if s.HasCase(model.Timer) || s.HasCase(model.Ticker) && len(workCases(s)) == 0 {
		j.report.Add(report.Finding{
			Rule: "timer-select", Pos: s.Syntax.Select,
			Message: "only time can end this select early, not " + ctx.Expr() + "; add case <-" + ctx.Expr() + ".Done()",
		})
		return
	}
	for _, k := range s.Cases {
		if isPromised(k.Chan) || isFreeSend(k) {
			return
		}
	}
	j.deaf[ctx.Var] = true
	j.report.Add(report.Finding{
		Rule:    "select-ignores-ctx",
		Pos:     s.Syntax.Select,
		Message: "this select waits for " + names(s) + " but cannot hear " + ctx.Expr() + "; add case <-" + ctx.Expr() + ".Done()",
		Strict:  f.Pkg.IsTestFile(s.Syntax.Pos()),
		Related: []analysisStep{report.Step(ctx.Var.Pos(), "%s is in scope", ctx.Expr())},
	})
}

// names lists the channels of a select, two at the most.
func names(s *model.Select) string {
	text := s.Cases[0].Name()
	switch {
	case len(s.Cases) == 2:
		text += " and " + s.Cases[1].Name()
	case len(s.Cases) > 2:
		text += ", " + s.Cases[1].Name() + " …"
	}
	return text
}

func workCases(s *model.Select) (out []*model.Case) {
	for _, k := range s.Cases {
		if k.Kind == model.Work {
			out = append(out, k)
		}
	}
	return out
}

// isFreeSend reports whether a case sends into a buffer, which usually has room.
func isFreeSend(k *model.Case) bool {
	return k.Dir == types.SendOnly && k.Chan.MinCapKnown() > 0
}

// sleepIgnores judges sleep-ignores-ctx.
func (j *judge) sleepIgnores(o *model.Op, ctx model.Ctx, hasCtx bool) {
	if o.Wait.Kind != op.Sleep || !o.Wait.Via.IsZero() && o.Wait.Via.Pkg != "time" || !isLongSleep(o) || o.Deferred {
		return
	}
	hear := ""
	switch {
	case hasCtx:
		hear = ctx.Expr()
	case isEndless(o):
		if fields := o.Func.StopFields(); len(fields) > 0 {
			hear = fields[0].Expr
		}
	}
	if hear == "" || isAfterDone(o.Func, o.Instr, o.Pos) {
		return
	}
	j.deaf[ctx.Var] = true
	j.report.Add(report.Finding{
		Rule:    "sleep-ignores-ctx",
		Pos:     o.Pos,
		End:     o.Call.End(),
		Message: o.Name() + " cannot be cut short by " + hear + "; wait for a timer and " + doneOf(hear) + " in a select",
		Strict:  j.IsTestFile(o.Pos),
		Unsafe:  j.sleepFix(o, hear),
	})
}

// isLongSleep reports whether the sleep's length is unknown or at least the
// settings' minimum.
func isLongSleep(o *model.Op) bool {
	return o.Wait.Dur == 0 && o.Wait.Bound == op.Unbounded || o.Wait.Dur >= config.Active().MinSleep
}

// isEndless reports whether the operation repeats in a loop without condition.
func isEndless(o *model.Op) bool {
	for l := o.Func.LoopAt(o.Pos); l != nil; l = l.Parent {
		if l.Kind == model.Endless {
			return true
		}
	}
	return false
}

// doneOf turns what can be heard into the channel to receive from.
func doneOf(hear string) string {
	if n := len(hear); n > 2 && hear[n-2:] == "()" && (n < 10 || hear[n-10:] != ".Context()") {
		return hear
	}
	if isChanExpr(hear) {
		return hear
	}
	return hear + ".Done()"
}

// isChanExpr reports whether the text already names a channel: a stop field
// rather than a context.
func isChanExpr(hear string) bool {
	for i := range hear {
		if hear[i] == '.' {
			return len(hear) < 10 || hear[len(hear)-10:] != ".Context()"
		}
	}
	return false
}

// waitIgnores judges wait-ignores-ctx: bare waits of a function with a context.
func (j *judge) waitIgnores(o *model.Op, ctx model.Ctx) {
	if o.Deferred || o.Select != nil || !o.Wait.Waits() || isAfterDone(o.Func, o.Instr, o.Pos) {
		return
	}
	if o.Action == model.GroupWait && j.isGroupPromised(o) || o.Action == model.RangeRecv && bodyUses(o, ctx) {
		return
	}
	if o.Action != model.GroupWait && (j.ChanKind(o.Value, o.Expr()) != model.Work || hasRoom(o) || isPromised(o.Chan) && o.Action != model.Send) {
		return
	}
	loop := j.deafInLoop(o)
	j.report.Add(report.Finding{
		Rule:    "wait-ignores-ctx",
		Pos:     o.Pos,
		Message: describe(o) + " cannot be ended by " + ctx.Expr() + "; wait in a select with case <-" + doneOf(ctx.Expr()),
		Strict:  loop == nil || j.IsTestFile(o.Pos),
		Related: related(loop),
	})
}

// isGroupPromised reports whether every goroutine of the group in view uses a
// context, so that cancellation ends the group.
func (j *judge) isGroupPromised(o *model.Op) bool {
	g := j.GroupOf(o)
	if g == nil {
		return false
	}
	for _, s := range j.Spawns {
		if s.Group != nil && j.GroupOf(s.Group) == g && (s.Body == nil || !usesAnyContext(s.Body)) {
			return false
		}
	}
	return len(g.Gos) > 0
}

// bodyUses reports whether the body of a range loop uses the context: a worker
// that ends with its jobs and hears cancellation while it works.
func bodyUses(o *model.Op, ctx model.Ctx) bool {
	for _, l := range o.Func.Loops {
		if l.Kind == model.RangeChan && l.Pos() == o.Pos {
			return mentions(o.Func.Pkg.Pass.TypesInfo, l.Body, ctx.Var)
		}
	}
	return false
}

func related(k *model.Case) []analysisStep {
	if k == nil {
		return nil
	}
	return []analysisStep{report.Step(k.Pos, "the loop hears this only between two waits")}
}

// describe names a bare wait.
func describe(o *model.Op) string {
	switch o.Action {
	case model.Send:
		return "the send on " + o.Name()
	case model.RangeRecv:
		return "the range over " + o.Name()
	case model.GroupWait:
		return o.Name() + ".Wait()"
	}
	return "the receive from " + o.Name()
}

// deafInLoop returns the Stop case of the select in whose case body a bare send
// may wait for ever: the loop claims to hear cancellation, and the send's
// receiver is out of view or may have left. It is nil if the wait is not proven
// to be unbounded.
func (j *judge) deafInLoop(o *model.Op) *model.Case {
	if o.Action != model.Send || isReply(o) || !mayLackReceiver(o.Chan) {
		return nil
	}
	for _, s := range o.Func.Selects {
		if s.Loop() == nil || !inBody(s, o) {
			continue
		}
		for _, k := range s.Cases {
			if k.Kind == model.Stop && k.MayLeave() && o.Func.Reaches(o.Block(), s.Op.Block()) {
				return k
			}
		}
	}
	return nil
}

func inBody(s *model.Select, o *model.Op) bool {
	for _, k := range s.Cases {
		if k.Kind != model.Stop && k.Contains(o.Pos) {
			return true
		}
	}
	return false
}

// mayLackReceiver reports whether nothing in view goes on receiving until the
// channel is closed: every receiver may leave, or none is in view.
func mayLackReceiver(c *model.Chan) bool {
	if c == nil || c.MaxCapKnown() > 0 {
		return false
	}
	for _, r := range c.Recvs {
		if r.Action == model.RangeRecv || r.Func.Reaches(r.Block(), r.Block()) {
			return false
		}
	}
	return true
}

// isReply reports whether a send answers a request: its channel came out of a
// value that was received or handed in, or has room by convention.
func isReply(o *model.Op) bool {
	place := o.Func.Pkg.PlaceOf(o.Value)
	switch root := place.Root.(type) {
	case *ssa.Parameter:
		return place.Fields != "" && !isReceiver(root)
	case *ssa.Alloc:
		return place.Fields != ""
	case nil:
		return true
	default:
		_, isGlobal := root.(*ssa.Global)
		return !isGlobal
	}
}

func isReceiver(p *ssa.Parameter) bool {
	fn := p.Parent()
	return fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == p
}

// hasRoom reports whether a send goes into a buffer that is known to exist.
func hasRoom(o *model.Op) bool {
	return o.Action == model.Send && o.Chan.MinCapKnown() > 0
}

// short renders an expression for a message.
func short(e ast.Expr) string {
	s := types.ExprString(e)
	if len(s) > 24 {
		return "…" + s[len(s)-23:]
	}
	return s
}
