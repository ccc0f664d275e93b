package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

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
	if at == nil || s.Instr.Parent() != s.Func.SSA {
		return
	}
	most, why, lim := j.sizeOf(at)
	switch {
	case most == fixed || lim == hardLimit:
	case s.Kind == model.AfterFunc:
		j.timerPerEvent(at, most, why)
	case j.limitInside(at):
	case lim == noLimit && most >= caller && !j.isAccept(at) && j.unboundedSpawn(at, most, why):
	default:
		j.spawnInLoop(at, why)
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
	if !ok || j.isLongLived(at) {
		return false
	}
	j.report.Add(report.Finding{
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
	return fmt.Sprintf("a goroutine per %s waits for the %s, and nothing limits how many; %s", per, outsideName(w), j.cure(at))
}

// cure says what to do about a spawn without limit.
func (j *judge) cure(at *site) string {
	if at.Group != nil && !isWaitGroup(at.Group) {
		return "call " + at.Group.Name() + ".SetLimit first"
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

// isLongLived reports whether the goroutine serves as long as its element
// exists rather than doing a piece of work: a limit would starve the others.
func (j *judge) isLongLived(at *site) bool {
	return at.Body != nil && (!at.Body.MayReturn() || isWorker(at.Body))
}

// isAccept reports whether the loop takes on connections: a goroutine for each
// is how Go serves.
func (j *judge) isAccept(at *site) bool {
	for _, l := range at.loops {
		found := false
		ast.Inspect(l.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && strings.HasPrefix(strings.ToLower(calleeName(call)), "accept") {
				found = true
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// spawnInLoop judges spawn-in-loop.
func (j *judge) spawnInLoop(at *site, why *model.Loop) {
	j.report.Add(report.Finding{
		Rule:    "spawn-in-loop",
		Pos:     at.Pos,
		Message: fmt.Sprintf("a goroutine starts in each turn of the loop %s, and nothing limits how many; %s", j.report.Where(at.Pos, why.Pos()), j.cure(at)),
		Defect:  at.Pos,
	})
}

// timerPerEvent judges timer-per-event.
func (j *judge) timerPerEvent(at *site, most size, why *model.Loop) {
	if most < caller || !isAfterFunc(at) || !isDropped(at.Instr) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "timer-per-event",
		Pos:     at.Pos,
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
	const limit = 28
	s := types.ExprString(e)
	if len(s) > limit {
		return "…" + s[len(s)-limit+1:]
	}
	return s
}
