package blockingcall

import (
	"fmt"
	"slices"
	"time"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
)

// This file judges what an event loop does between two visits of its select.
// One case is one finding: its worst wait speaks.

// stall is the worst moment of one case.
type stall struct {
	moment
	wait  facts.Wait
	grade grade
}

// judgeEventLoop judges blocks-event-loop, starves-heartbeat and
// slow-event-loop.
func (j *judge) judgeEventLoop(l eventLoop) {
	if l.pooled && len(l.sources) < 2 || l.spread && len(l.sources)+len(l.beats) < 2 {
		return
	}
	stalls := j.stalls(&l)
	for _, st := range stalls {
		switch st.grade {
		case long:
			j.stalled(&l, st, l.victims(st, true))
		case pause, limited:
			j.stalled(&l, st, l.victims(st, false))
		case reading:
			if beatAmong(l.others(st)) != nil {
				j.stalled(&l, st, l.victims(st, true))
			} else {
				j.slowed(&l, st)
			}
		case slow:
			j.slowed(&l, st)
		}
	}
	j.judgeBarriers(&l, stalls)
	j.nestedTimeouts(&l)
	j.contextTimeouts(&l)
	j.clientTimeouts(&l)
}

// stalls picks the worst moment of each case, in source order.
func (j *judge) stalls(l *eventLoop) []stall {
	var out []stall
	byCase := map[*model.Case]int{}
	for _, m := range l.turn() {
		w, g := j.worst(m.op)
		if g == harmless || j.hasAnswered(m) || (g == pause || g == limited) && j.isInnerLoop(l, m) {
			continue
		}
		i, seen := byCase[m.in]
		if !seen {
			byCase[m.in] = len(out)
			out = append(out, stall{m, w, g})
		} else if g > out[i].grade {
			out[i] = stall{m, w, g}
		}
	}
	slices.SortStableFunc(out, func(a, b stall) int { return int(a.op.Pos - b.op.Pos) })
	return out
}

// isInnerLoop reports whether a moment belongs to a select of its own inside
// the case: another event loop, judged by itself.
func (j *judge) isInnerLoop(l *eventLoop, m moment) bool {
	f := m.op.Func
	for _, s := range f.Selects {
		if s != l.sel && s.Loop() != nil && s.Loop() != l.loop && s.Loop().Contains(m.op.Pos) {
			return true
		}
	}
	return false
}

// victims lists the cases that go unserved meanwhile; with stops, cancellation
// counts as one although nothing else may be served.
func (l *eventLoop) victims(st stall, stops bool) (out []*model.Case) {
	others := l.others(st)
	if stops || len(others) > 0 {
		out = append(out, l.stops...)
	}
	return append(out, others...)
}

// others lists the events and heartbeats other than the one being served.
func (l *eventLoop) others(st stall) (out []*model.Case) {
	if l.pooled {
		return nil
	}
	for _, k := range slices.Concat(l.beats, l.sources) {
		if k == st.in || st.in != nil && k.Name() == st.in.Name() || !isStarved(k, st.wait) || isJitter(k, st) {
			continue
		}
		out = append(out, k)
	}
	if st.in == nil && len(l.beats)+len(l.sources) < 2 {
		return nil
	}
	return out
}

// isJitter reports whether a ticker's own case pauses before it works, which
// matters to another ticker only if its period is known to be shorter.
func isJitter(k *model.Case, st stall) bool {
	ticks := st.in != nil && st.in.Kind == model.Ticker && k.Kind == model.Ticker
	return ticks && (st.grade == pause || st.grade == limited) && (k.Period() == 0 || st.wait.Dur < k.Period())
}

// usualPeriod stands for the period of a ticker made out of view.
const usualPeriod = time.Second

// isStarved reports whether a wait is long for a case: a ticker outlasts a
// shorter sleep.
func isStarved(k *model.Case, w facts.Wait) bool {
	period := k.Period()
	if period == 0 && k.Kind == model.Ticker {
		period = usualPeriod
	}
	return w.Dur == 0 || w.Dur >= period
}

// stalled reports a long wait or a pause.
func (j *judge) stalled(l *eventLoop, st stall, victims []*model.Case) {
	if len(victims) == 0 {
		return
	}
	what, brief := j.what(st.op, st.wait), j.brief(st.op, st.wait)
	rule, length := "blocks-event-loop", howLong(st.wait)
	beat := beatAmong(victims)
	if beat != nil && (st.grade == long || st.grade == reading || beat.Period() > 0 && st.wait.Dur >= beat.Period()) {
		rule = "starves-heartbeat"
		if p := beat.Period(); p > 0 && st.wait.Dur > 0 {
			length = fmt.Sprintf("%s while %s ticks every %s", howLong(st.wait), beat.Name(), p)
		}
	}
	minor := rule == "blocks-event-loop" && (st.grade == limited || len(l.others(st)) == 0 && !j.isDeafByItself(l, st))
	minor = minor || isPeriodicJoin(st, victims)
	who := names(victims)
	advice := remedy(st)
	j.report.Add(report.Finding{
		Rule: rule,
		Pos:  st.op.Pos,
		Message: fit(rule,
			what+" "+length+", so "+who+" not served meanwhile; "+advice,
			what+" "+length+", so "+who+" not served meanwhile; use a goroutine",
			brief+" "+length+", so "+who+" not served meanwhile; use a goroutine",
			brief+" "+length+", so "+who+" not served; use a goroutine",
			brief+" "+length+" and keeps this loop from its other cases; use a goroutine",
			brief+" keeps this loop from its other cases; use a goroutine"),
		Related: append(j.explain(st.wait), victimSteps(victims)...),
		Strict:  minor || j.IsTestCode(st.op.Pos),
		Defect:  defectOf(l, st),
	})
}

// defect is one function that keeps one loop busy, from however many cases.
type defect struct {
	loop *model.Select
	what any // the function called, the lock's class, or the operation
}

// defectOf says which reports are one: a function that two cases call is
// mended in one place; so is a lock.
func defectOf(l *eventLoop, st stall) defect {
	if lockset.IsAcquire(st.op) && st.op.Class != nil {
		return defect{l.sel, st.op.Class}
	}
	if st.op.Callee != nil && st.op.Callee.Pkg() == l.sel.Func().Pkg.Pass.Pkg {
		return defect{l.sel, st.op.Callee}
	}
	return defect{l.sel, st.op}
}

// beatAmong returns the first ticker among cases, or nil.
func beatAmong(cases []*model.Case) *model.Case {
	for _, k := range cases {
		if k.Kind == model.Ticker {
			return k
		}
	}
	return nil
}

// howLong says how long a wait lasts.
func howLong(w facts.Wait) string {
	switch {
	case w.AtMost:
		return "takes up to " + w.Dur.String()
	case w.Dur > 0:
		return "takes " + w.Dur.String()
	case w.Kind == op.Sleep:
		return "takes a variable time"
	}
	return "waits without bound"
}

// remedy says what to do about a wait.
func remedy(st stall) string {
	switch {
	case st.wait.Kind == op.Sleep:
		return "wait for a timer in a case of its own"
	case st.op.Action == model.GroupWait:
		return "wait in a goroutine and select on its result"
	case st.grade == long && st.op.Action == model.CallWait:
		return "bound it or move it to a goroutine"
	}
	return "move it to a goroutine"
}

// names lists victims for a message, two at the most, with their verb.
func names(victims []*model.Case) string {
	switch len(victims) {
	case 1:
		return clip(victims[0].Name(), 24) + " is"
	case 2:
		return clip(victims[0].Name(), 20) + " and " + clip(victims[1].Name(), 20) + " are"
	}
	return clip(victims[0].Name(), 18) + ", " + clip(victims[1].Name(), 18) + " … are"
}

// victimSteps points at each case that is not served.
func victimSteps(victims []*model.Case) (steps []analysisStep) {
	for _, k := range victims {
		steps = append(steps, report.Step(k.Pos, "%s is not served meanwhile", k.Name()))
	}
	return steps
}

// slowed reports what only strict code keeps out of event loops.
func (j *judge) slowed(l *eventLoop, st stall) {
	if victims := l.victims(st, true); l.isServing() && len(victims) > 0 {
		what := j.what(st.op, st.wait)
		j.report.Add(report.Finding{
			Rule: "slow-event-loop",
			Pos:  st.op.Pos,
			Message: fit("slow-event-loop",
				what+" can hold up this event loop, so "+names(victims)+" not served meanwhile; move it to a goroutine",
				j.brief(st.op, st.wait)+" can hold up this event loop, so "+names(victims)+" not served; move it to a goroutine",
				j.brief(st.op, st.wait)+" can hold up this event loop; move it to a goroutine"),
			Related: append(j.explain(st.wait), victimSteps(victims)...),
			Defect:  defectOf(l, st),
		})
	}
}
