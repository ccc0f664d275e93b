package goroutineleak

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// A function may serve in one goroutine and shut down in another, and return
// when the first tells that Serve has returned. That is when Shutdown starts, so
// it must wait for the second as well (may: any wait for what the second tells
// behind Shutdown speaks for it, and so does a serving goroutine that knows
// http.ErrServerClosed).

// judgeServedBeside reports a function that hears of the end of Serve and not of
// the end of Shutdown.
func (j *judge) judgeServedBeside(at site) {
	if _, isCall := at.instr.(*ssa.Call); !isCall || len(at.f.Started) != 1 || asksForClosed(at.f) {
		return
	}
	server := at.f.Started[0]
	h := server.Func
	if server.Kind != model.GoStmt || server.Body != at.f {
		return
	}
	heard := j.heardOf(at, h)
	if heard == nil {
		return
	}
	for _, s := range j.spawnsAround(h) {
		down, ok := j.shutdownIn(s, at)
		if s == server || !ok || j.isDrainHeard(s, down, h) {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "server-not-drained",
			Pos:     heard.Pos,
			Message: fit(short(at.syntax.Fun) + " (" + where(j.report.Where(heard.Pos, at.pos())) + ") returns as soon as Shutdown starts, and this goes on; wait until Shutdown has returned"),
			Related: []analysis.RelatedInformation{
				report.Step(at.pos(), "the server is served here"),
				report.Step(s.Pos, "this goroutine shuts it down"),
				report.Step(down.pos(), "nobody waits for the end of this"),
			},
			Defect: at.instr,
		})
		return
	}
}

// heardOf returns where h waits for what the serving goroutine tells once Serve
// has returned, or nil.
func (j *judge) heardOf(at site, h *model.Func) *model.Op {
	for _, sig := range j.taskOf(at.f).signals {
		if sig.ch == nil || !sig.last && (sig.in != at.f || !at.f.MayFollow(at.instr, sig.at)) {
			continue
		}
		for _, o := range h.Ops {
			if j.awaits(o, sig) {
				return o
			}
		}
	}
	return nil
}

// isDrainHeard reports whether h, or whoever called it, waits for anything that
// the goroutine tells behind Shutdown.
func (j *judge) isDrainHeard(s *model.Spawn, down site, h *model.Func) bool {
	if j.isDrainAwaited(s, down, h, h.SSA.Blocks[0].Instrs[0]) {
		return true
	}
	for _, t := range j.tasksOf(s) {
		for _, sig := range t.signals {
			if isBehind(sig, down) && j.isHeardIn(sig, j.taskOf(h).near) {
				return true
			}
		}
	}
	return false
}

// asksForClosed reports whether f looks at http.ErrServerClosed: then it may
// tell of other errors only.
func asksForClosed(f *model.Func) bool {
	found := false
	instrs(f, func(i ssa.Instruction) {
		for _, operand := range i.Operands(nil) {
			global, ok := (*operand).(*ssa.Global)
			found = found || ok && global.Name() == "ErrServerClosed"
		}
	})
	return found
}
