package blockingcall

import (
	"slices"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// judgeBarriers judges the locks that an event loop takes and that others hold
// across waits. A case that waits for long by itself is a finding already.
func (j *judge) judgeBarriers(l *eventLoop, direct []stall) {
	for _, b := range j.barriers(l) {
		itself := slices.ContainsFunc(direct, func(st stall) bool { return st.in == b.in && st.grade > limited })
		if !itself {
			j.barred(l, b)
		}
	}
}

// otherPass is the pass that judges waits under locks where they stand.
const otherPass = "lockacrossblock"

// barred reports a lock in the loop that is held across a wait elsewhere.
func (j *judge) barred(l *eventLoop, b barrier) {
	st := stall{b.moment, b.wait, b.grade}
	victims := l.victims(st, b.grade >= reading && b.grade != pause)
	if len(victims) == 0 && b.in != nil && b.in.Kind == model.Ticker {
		victims = []*model.Case{b.in} // it misses its own ticks
	}
	if len(victims) == 0 {
		return
	}
	rule := "blocks-event-loop"
	if beatAmong(victims) != nil && b.grade != pause {
		rule = "starves-heartbeat"
	}
	who, wait := b.by.Op.Func.Decl().Name(), j.what(b.by.Op, b.wait)
	lead := "locking " + clip(b.taking.Name, 24) + " waits while " + clip(who, 28) + " holds it across "
	j.report.Add(report.Finding{
		Rule: rule,
		Pos:  b.at,
		Message: fit(rule,
			lead+wait+", so "+names(victims)+" not served meanwhile; unlock first there",
			lead+wait+", so "+names(victims)+" not served; unlock first there",
			lead+wait+", so "+names(victims[len(victims)-1:])+" not served; unlock first",
			lead+j.brief(b.by.Op, b.wait)+", so "+names(victims[len(victims)-1:])+" not served; unlock first",
			lead+j.brief(b.by.Op, b.wait)+" and starves this loop; unlock first there",
			lead+j.brief(b.by.Op, b.wait)+"; unlock first there",
			"locking "+clip(b.taking.Name, 24)+" waits while "+clip(who, 28)+" holds it across a wait; unlock first there"),
		Related: append(b.steps(j), victimSteps(victims)...),
		Strict:  b.told && config.Active().PassOn(otherPass) || len(l.others(st)) == 0 || j.IsTestCode(b.at),
		Defect:  defect{l.sel, b.taking.Op.Class},
	})
}

// steps explains a barrier: where the loop takes the lock, where it is taken by
// who holds it, and what that one waits for meanwhile.
func (b barrier) steps(j *judge) (steps []analysisStep) {
	for k, f := range b.taking.Via {
		pos := b.taking.Op.Pos
		if k+1 < len(b.taking.Via) {
			pos = f.Syntax.Pos()
		}
		steps = append(steps, report.Step(pos, "%s comes to lock %s", f.Name(), b.taking.Op.Name()))
	}
	steps = append(steps,
		report.Step(b.by.Held.Pos, "%s holds %s from here", b.by.Op.Func.Decl().Name(), b.by.Held.Name),
		report.Step(b.by.Op.Pos, "and waits here"))
	return append(steps, j.explain(b.wait)...)
}
