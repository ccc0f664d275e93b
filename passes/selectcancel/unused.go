package selectcancel

import (
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds contexts that a signature names and the body never mentions.
// Must: one mention, in a literal inside too, silences. How sure the wait is, and
// whether the signature was the author's to choose, decides about the level.

// judgeUnused judges ctx-unused.
func (j *judge) judgeUnused(f *model.Func) {
	for _, ctx := range f.Contexts() {
		if ctx.Owner != f || ctx.Kind != model.CtxParam || j.deaf[ctx.Var] || mentions(j.Pass.TypesInfo, f.Body, ctx.Var) {
			continue
		}
		if w, what := j.longWait(f); w != nil {
			j.report.Add(report.Finding{
				Rule:    "ctx-unused",
				Pos:     ctx.Var.Pos(),
				Message: ctx.Var.Name() + " is never used although " + f.Name() + " waits at " + what + " (" + j.report.Where(ctx.Var.Pos(), w.Pos) + "); use it there, or name it _",
				Strict:  !j.isWorthUsing(f, w) || j.IsTestCode(ctx.Var.Pos()),
				Defect:  w,
				Related: []analysisStep{report.Step(w.Pos, "%s waits here", f.Name())},
			})
		}
	}
}

// longWait finds the wait of f, or of a loop body or called literal in it, that a
// context should end most, and says what a message calls it.
func (j *judge) longWait(f *model.Func) (wait *model.Op, what string) {
	if isDetached(f) {
		return nil, ""
	}
	for _, g := range bodiesOf(f) {
		for _, o := range g.Ops {
			name := waitName(o)
			if name != "" && (wait == nil || !j.isWorthUsing(f, wait) && j.isWorthUsing(f, o)) {
				wait, what = o, name
			}
		}
	}
	return wait, what
}

// bodiesOf lists f and what runs as part of it: loop bodies, and literals that it
// calls by name.
func bodiesOf(f *model.Func) []*model.Func {
	all := []*model.Func{f}
	for _, lit := range f.Lits {
		if lit.IsLoopBody() && !isDetached(lit) {
			all = append(all, bodiesOf(lit)...)
		}
	}
	for _, c := range f.Calls {
		if c.To.Obj == nil && c.To.Parent == f && !c.Deferred && !isGo(c) && len(c.To.Contexts()) == len(f.Contexts()) {
			all = append(all, bodiesOf(c.To)...)
		}
	}
	return all
}

// The number of calls behind which a wait still counts as the function's own
// business: one for another goroutine is soon over more often than not.
const (
	farOutside = 4
	farInside  = 2
)

// isWorthUsing reports whether a reviewer would have f listen to its context at
// w. Where others demand the signature, only waits that f itself writes count.
func (j *judge) isWorthUsing(f *model.Func, w *model.Op) bool {
	steps := len(j.Facts.Explain(w.Wait))
	switch {
	case j.isDemanded(f):
		return steps <= 1 && !isStreamCall(w)
	case w.Wait.Kind.IsOutside():
		return steps <= farOutside
	case w.Wait.Kind == op.Join:
		return w.Action == model.GroupWait
	}
	return steps <= farInside
}

// waitName returns what a message calls a wait without bound, or "".
func waitName(o *model.Op) string {
	if o.Deferred || !o.Wait.IsLong() {
		return ""
	}
	switch o.Action {
	case model.CallWait:
		if o.Wait.Kind != op.Sleep || isLongSleep(o) {
			return o.Name()
		}
	case model.SelectWait:
		if !o.Select.HasCase(model.Stop) && len(o.Select.Cases) > 0 {
			return "a select"
		}
	case model.GroupWait, model.CondWait:
		return o.Name() + ".Wait"
	case model.Send, model.Recv, model.RangeRecv:
		if !hasRoom(o) && o.Func.Pkg.ChanKind(o.Value, o.Expr()) == model.Work {
			return o.Name()
		}
	}
	return ""
}
