package selectcancel

import (
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds contexts that a signature names and the body never mentions.
// Must: one mention, in a literal inside too, silences. Which of a function's waits
// a context could do something about is decided in actionable.go.

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
				Strict:  !j.isWorthUsing(w) || j.IsTestCode(ctx.Var.Pos()),
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
			if name != "" && (wait == nil || !j.isWorthUsing(wait) && j.isWorthUsing(o)) {
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
