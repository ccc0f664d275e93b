package goroutineleak

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds where a function waits for a group, itself or by way of what
// it starts and calls (may), and Adds that come too late for the Wait.

// waitPoints lists the instructions of the group's function behind which the
// group is waited for: Wait itself, and whatever brings a function that calls
// it into play.
func (j *judge) waitPoints(l *localGroup) map[ssa.Instruction]bool {
	points := make(map[ssa.Instruction]bool)
	for _, o := range l.class.Waits {
		for f := o.Func; f != nil; f = f.Parent {
			if f == l.f && o.Func == l.f {
				points[o.Instr] = true
			}
		}
		j.addCarriers(points, l.f, o.Func)
	}
	return points
}

// addCarriers adds the instructions of f that call, start or make a closure of
// the function that waits, or of one that it is nested in.
func (j *judge) addCarriers(points map[ssa.Instruction]bool, f, waiter *model.Func) {
	if waiter == f {
		return
	}
	instrs(f, func(i ssa.Instruction) {
		for _, operand := range i.Operands(nil) {
			if fn, ok := (*operand).(*ssa.Function); ok && j.leadsTo(j.FuncOf(fn), waiter) {
				addWithDefers(points, i)
			}
		}
	})
}

// addWithDefers adds an instruction and, if it makes a closure, the statements
// that defer or start the closure.
func addWithDefers(points map[ssa.Instruction]bool, i ssa.Instruction) {
	points[i] = true
	mc, ok := i.(*ssa.MakeClosure)
	if !ok {
		return
	}
	for _, ref := range *mc.Referrers() {
		switch ref.(type) {
		case *ssa.Defer, *ssa.Go:
			points[ref] = true
		}
	}
}

// leadsTo reports whether running f may run the waiter.
func (j *judge) leadsTo(f, waiter *model.Func) bool {
	if f == nil {
		return false
	}
	for _, g := range j.taskOf(f).near {
		if g == waiter {
			return true
		}
	}
	return false
}

// judgeLateAdd reports a goroutine that counts itself: Wait may look at the
// counter first.
func (j *judge) judgeLateAdd(s *model.Spawn) {
	if s.Kind != model.GoStmt || s.Body == nil || s.Body.Obj != nil {
		return
	}
	for _, o := range s.Body.Ops {
		if o.Action != model.GroupAdd || j.groups[o] == nil {
			continue
		}
		wait := waitBehind(j.groups[o], s)
		if wait == nil || hasAdd(j.groups[o], s.Func) || j.isMetBefore(s, j.groups[o]) {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "group-never-done",
			Pos:     o.Pos,
			Message: o.Name() + ".Add runs inside the goroutine, so Wait (" + where(j.report.Where(o.Pos, wait.Pos)) + ") may return before it; call Add before the go statement",
			Related: []analysis.RelatedInformation{report.Step(s.Pos, "the goroutine is started here"), report.Step(wait.Pos, "this may find the counter at zero")},
			Defect:  s,
		})
		return
	}
}

// isMetBefore reports whether the spawner waits for other news of the goroutine,
// by which time it has counted itself.
func (j *judge) isMetBefore(s *model.Spawn, g *model.Group) bool {
	for _, sig := range j.taskOf(s.Body).signals {
		if sig.group != g && j.isHeardIn(sig, []*model.Func{s.Func}) {
			return true
		}
	}
	return false
}

// waitBehind returns the Wait that the spawner reaches behind a spawn, or nil.
func waitBehind(g *model.Group, s *model.Spawn) *model.Op {
	for _, o := range g.Waits {
		if o.Func == s.Func && s.Func.MayFollow(s.Instr, o.Instr) {
			return o
		}
	}
	return nil
}

// hasAdd reports whether f counts for itself.
func hasAdd(g *model.Group, f *model.Func) bool {
	for _, o := range g.Adds {
		if o.Func == f {
			return true
		}
	}
	return false
}
