package selectcancel

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A function with a context promises to stop when it ends. This file finds the
// waits that break the promise. Closed channels, values sent once and accessors
// count as cancellation just like Done (see internal/model/stop.go); answers
// that somebody promised who hears a context himself count too.

// selectIgnores judges select-ignores-ctx and timer-select.
func (j *judge) selectIgnores(s *model.Select, ctx model.Ctx) {
	f := s.Func()
	if isAfterDone(f, s.Op.Instr, s.Syntax.Pos()) || len(s.Cases) < 2 || outlives(f, ctx) {
		return
	}
	if s.HasCase(model.Timer) || s.HasCase(model.Ticker) && (len(workCases(s)) == 0 || j.isAskedEachTurn(s, ctx)) {
		j.report.Add(report.Finding{
			Rule: "timer-select", Pos: s.Syntax.Select,
			Message: "only time can end this select early, not " + ctx.Expr() + "; add case <-" + ctx.Done(),
		})
		return
	}
	for _, k := range s.Cases {
		if isPromised(k.Chan) || isFreeSend(k) || isEndedByClose(k) || k.Dir == types.RecvOnly && j.isGivenFor(k.Value) {
			return
		}
	}
	j.deaf[ctx.Var] = true
	j.report.Add(report.Finding{
		Rule:    "select-ignores-ctx",
		Pos:     s.Syntax.Select,
		Message: "this select waits for " + names(s) + " but cannot hear " + ctx.Expr() + "; add case <-" + ctx.Done(),
		Strict:  j.IsTestCode(s.Syntax.Pos()),
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

// isAskedEachTurn reports whether the loop of a select with a ticker asks the
// context each time it turns, so that the ticker bounds how long it is deaf.
func (j *judge) isAskedEachTurn(s *model.Select, ctx model.Ctx) bool {
	loop := s.Loop()
	return loop != nil && asksErr(j.Pass.TypesInfo, loop.Syntax, ctx.Var)
}

// asksErr reports whether n calls Err on the context v.
func asksErr(info *types.Info, n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && sel.Sel.Name == "Err" && mentions(info, sel.X, v) {
			found = true
		}
		return !found
	})
	return found
}

// workCases lists the cases that bring work.
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

// waitIgnores judges wait-ignores-ctx: bare waits of a function with a context.
func (j *judge) waitIgnores(o *model.Op, ctx model.Ctx) {
	if o.Deferred || !o.Wait.Waits() || isAfterDone(o.Func, o.Instr, o.Pos) {
		return
	}
	if o.Action == model.GroupWait && j.isGroupPromised(o) || o.Action == model.RangeRecv && bodyUses(o, ctx) || outlives(o.Func, ctx) {
		return
	}
	guard := j.guardedElsewhere(o)
	if o.Action != model.GroupWait && (j.ChanKind(o.Value, o.Expr()) != model.Work || hasRoom(o) && guard == nil || o.Action != model.Send && (isPromised(o.Chan) || j.isGivenFor(o.Value))) {
		return
	}
	loop, gone, hang := j.deafInLoop(o), j.receiversLeave(o), j.hangsAt(o, ctx)
	why := ""
	switch {
	case guard != nil:
		why = ", which ends another send on it (" + j.report.Where(o.Pos, guard.Pos) + ")"
	case gone != nil:
		why = ", and its receiver may leave"
	case hang != nil:
		why = ", and the other side can hang at " + short(hang.Call.Fun)
	}
	poll := j.polledBySend(o, ctx)
	isProven := (guard != nil || loop != nil || poll != nil || gone != nil || hang != nil) && !j.isServed(o) && !j.isBeside(o.Func, ctx)
	j.deaf[ctx.Var] = j.deaf[ctx.Var] || isProven
	j.report.Add(report.Finding{
		Rule:    "wait-ignores-ctx",
		Pos:     o.Pos,
		Message: describe(o) + " cannot be ended by " + ctx.Expr() + why + "; select with <-" + ctx.Done(),
		Strict:  !isProven || j.stuck[o] || j.IsTestCode(o.Pos),
		Defect:  o,
		Related: slices.Concat(related(loop, "the loop hears this only between two waits"), relatedPoll(poll), related(gone, "behind this nobody receives any more"), related(guard, "this ends another send on the channel"), relatedOp(hang)),
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
	l := loopOf(o)
	return l != nil && mentions(o.Func.Pkg.Pass.TypesInfo, l.Body, ctx.Var)
}

// relatedPoll explains the test by which a loop asks a context; n may be nil.
func relatedPoll(n ast.Node) []analysisStep {
	if n == nil {
		return nil
	}
	return []analysisStep{report.Step(n.Pos(), "the loop asks this only between two waits")}
}

// relatedOp explains a call that can hang; o may be nil.
func relatedOp(o *model.Op) []analysisStep {
	if o == nil {
		return nil
	}
	return []analysisStep{report.Step(o.Pos, "this waits without bound, and nobody can end it")}
}

// related explains a case that a finding hangs on; k may be nil.
func related(k *model.Case, text string) []analysisStep {
	if k == nil {
		return nil
	}
	return []analysisStep{report.Step(k.Pos, "%s", text)}
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

// hasRoom reports whether a send goes into a buffer that is known to exist.
func hasRoom(o *model.Op) bool {
	return o.Action == model.Send && o.Chan.MinCapKnown() > 0
}

// short renders an expression for a message.
func short(e ast.Expr) string { return model.ShortText(e, 24) }
