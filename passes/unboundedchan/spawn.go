package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file judges starts of goroutines in loops: who decides how often the
// loop turns, whether anything limits the starts, and what each goroutine
// waits for.

// judgeSpawn judges unbounded-spawn, limit-after-spawn (a semaphore taken
// inside), timer-per-event and spawn-in-loop.
func (j *judge) judgeSpawn(s *model.Spawn) {
	at := j.siteOf(s)
	if at == nil {
		j.judgeCalled(s)
		return
	}
	most, why, lim := j.sizeOf(at)
	switch {
	case most == fixed || lim == hardLimit:
	case s.Kind == model.AfterFunc:
		j.timerPerEvent(at, most, why)
	case j.limitInside(at):
	case lim == noLimit && most >= stored && !j.isAccept(at) && !j.isTimed(at) && j.unboundedSpawn(at, most, why):
	default:
		j.spawnInLoop(at, why)
	}
}

// judgeCalled judges unbounded-spawn for a start in a function that loops call.
func (j *judge) judgeCalled(s *model.Spawn) {
	if _, ok := j.workOf(s); !ok {
		return
	}
	for _, at := range j.calledSites(s) {
		most, why, lim := j.sizeOf(at)
		if most >= stored && lim == noLimit && !j.isAccept(at) && !j.isTimed(at) {
			at.Pos = s.Pos
			if j.unboundedSpawn(at, most, why) {
				return
			}
		}
	}
}

// sizeOf returns how many goroutines may run at once, which loop decides, and
// what limits them. Loops around a limiter add nothing.
func (j *judge) sizeOf(at *site) (most size, why *model.Loop, lim limit) {
	if j.groupLimit(at.Spawn) == hardLimit {
		return fixed, nil, hardLimit
	}
	for _, l := range at.loops {
		here := j.limitIn(at, l)
		if here == hardLimit {
			if why == nil {
				lim = hardLimit
			}
			return most, why, lim
		}
		lim = max(lim, here)
		s := j.sizeOfLoop(l)
		if l.Kind == model.Counted && isWorker(at.Body) {
			s = fixed
		}
		if s > most {
			most, why = s, l
		}
	}
	return most, why, lim
}

// unboundedSpawn judges unbounded-spawn.
func (j *judge) unboundedSpawn(at *site, most size, why *model.Loop) bool {
	w, ok := j.workOf(at.Spawn)
	if !ok || j.isLongLived(at) || j.isOfFewKinds(at) || j.isRegistered(at) {
		return false
	}
	j.add(report.Finding{
		Rule:    "unbounded-spawn",
		Pos:     at.Pos,
		Message: j.spawnMessage(at, most, why, w),
		Related: append([]analysis.RelatedInformation{report.Step(why.Pos(), "this loop decides how many run at once")}, j.workStep(w)...),
		Defect:  at.Pos,
	})
	return true
}

// spawnMessage says what starts, how many of it, and what to do.
func (j *judge) spawnMessage(at *site, most size, why *model.Loop, w work) string {
	per := "turn of the loop"
	switch {
	case why.Over != nil:
		per = "element of " + shortText(why.Over)
	case most == endless:
		per = "event"
	}
	return fmt.Sprintf("a goroutine per %s waits for the %s, without limit; %s", per, outsideName(w), j.cure(at))
}

// cure says what to do about a spawn without limit.
func (j *judge) cure(at *site) string {
	if at.Group != nil && !isWaitGroup(at.Group) {
		return "call SetLimit on " + shortText(at.Group.Expr()) + " first"
	}
	return "take a semaphore slot first"
}

// outsideName says in a word what a goroutine waits for.
func outsideName(w work) string {
	switch k := w.wait.Kind.String(); k {
	case "net", "dns":
		return "network"
	case "db":
		return "database"
	case "exec":
		return "other process"
	case "mq":
		return "message broker"
	default:
		return k
	}
}

// workStep explains where the goroutine waits.
func (j *judge) workStep(w work) []analysis.RelatedInformation {
	if w.op == nil {
		return nil
	}
	return []analysis.RelatedInformation{report.Step(w.op.Pos, "each goroutine waits here, in %s", w.op.Name())}
}

// spawnInLoop judges spawn-in-loop.
func (j *judge) spawnInLoop(at *site, why *model.Loop) {
	j.add(report.Finding{
		Rule:    "spawn-in-loop",
		Pos:     at.Pos,
		Message: fmt.Sprintf("a goroutine starts in each turn of the loop %s, and nothing limits how many; %s", j.report.Where(at.Pos, why.Pos()), j.cure(at)),
		Defect:  at.Pos,
	})
}

// timerPerEvent judges timer-per-event.
func (j *judge) timerPerEvent(at *site, most size, why *model.Loop) {
	if most < caller || !isAfterFunc(at) || !isDropped(at.Instr) || isPerBatch(at) || looksFirst(at) {
		return
	}
	isEvent := most == endless && !j.isTimed(at)
	j.add(report.Finding{
		Rule:    "timer-per-event",
		Pos:     at.Pos,
		Strict:  !isEvent, // a schedule of what is there
		Message: fmt.Sprintf("time.AfterFunc starts a timer in every turn of the loop %s and nobody can stop it; keep one timer and Reset it", j.report.Where(at.Pos, why.Pos())),
		Defect:  at.Pos,
	})
}

// isAfterFunc reports whether s is time.AfterFunc rather than context's.
func isAfterFunc(at *site) bool {
	fn := at.Instr.Common().StaticCallee()
	return fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "time"
}

// isDropped reports whether nothing uses the result of a call.
func isDropped(i ssa.CallInstruction) bool {
	v := i.Value()
	return v == nil || v.Referrers() == nil || len(*v.Referrers()) == 0
}

// shortText renders an expression for a message.
func shortText(e ast.Expr) string {
	const limit = 22
	if e == nil {
		return "it"
	}
	s := types.ExprString(e)
	if len(s) > limit {
		return "…" + s[len(s)-limit+1:]
	}
	return s
}
