package selectcancel

import (
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds contexts that a signature names and the body never mentions.
// Must: one mention, in a literal inside too, silences.

// judgeUnused judges ctx-unused.
func (j *judge) judgeUnused(f *model.Func) {
	for _, ctx := range f.Contexts() {
		if ctx.Owner != f || ctx.Kind != model.CtxParam || j.deaf[ctx.Var] || mentions(j.Pass.TypesInfo, f.Body, ctx.Var) {
			continue
		}
		if w, what := longWait(f); w != nil {
			j.report.Add(report.Finding{
				Rule:    "ctx-unused",
				Pos:     ctx.Var.Pos(),
				Message: ctx.Var.Name() + " is never used although " + f.Name() + " waits at " + what + " (" + j.report.Where(ctx.Var.Pos(), w.Pos) + "); use it there, or name it _",
				Strict:  j.IsTestCode(ctx.Var.Pos()),
				Defect:  w,
				Related: []analysisStep{report.Step(w.Pos, "%s waits here", f.Name())},
			})
		}
	}
}

// longWait finds a wait of f, or of a loop body in it, that a context should
// end, and says what a message calls it.
func longWait(f *model.Func) (*model.Op, string) {
	if isDetached(f) {
		return nil, ""
	}
	for _, o := range f.Ops {
		if what := waitName(o); what != "" {
			return o, what
		}
	}
	for _, lit := range f.Lits {
		if !lit.IsLoopBody() {
			continue
		}
		if o, what := longWait(lit); o != nil {
			return o, what
		}
	}
	return nil, ""
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
