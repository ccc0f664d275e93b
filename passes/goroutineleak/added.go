package goroutineleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds Adds that count a goroutine which may then not be started
// (must, by control flow: see counter).

// judgeAdd reports an Add of one behind which the function may return before it
// starts the goroutine that was counted.
func (c *counter) judgeAdd(o *model.Op) {
	f := o.Func
	if n, ok := added(o); !ok || n != 1 || o.Deferred || !isCallers(f, o.Place) {
		return
	}
	loop := f.LoopAt(o.Pos)
	own := slices.IndexFunc(c.spawns, func(s *model.Spawn) bool {
		return s.Func == f && s.Loop == loop && f.MayFollow(o.Instr, s.Instr)
	})
	if own < 0 {
		return
	}
	ret := leavesWithout(f, o.Instr, c.points(f))
	if ret == nil || c.j.isStated(c.spawns[own]) {
		return
	}
	c.addAdd(o, c.spawns[own], retPos(f, ret))
}

// isCallers reports whether f got the object at a place from its caller, so that
// somebody else waits for it: an object that f makes is lost with the error.
func isCallers(f *model.Func, place model.Place) bool {
	switch root := place.Root.(type) {
	case *ssa.Parameter:
		return root.Parent() == f.SSA || root.Parent() == f.Decl().SSA
	case *ssa.Global:
		return true
	}
	return false
}

// addAdd reports the Add.
func (c *counter) addAdd(o *model.Op, s *model.Spawn, ret token.Pos) {
	wait := c.group.Waits[0]
	c.j.report.Add(report.Finding{
		Rule:    "group-never-done",
		Pos:     o.Pos,
		Message: fit(o.Name() + ".Add counts a goroutine that is not started if this returns early (" + where(c.j.report.Where(o.Pos, ret)) + "); Add just before go"),
		Related: []analysis.RelatedInformation{
			report.Step(ret, "the function returns here without a goroutine and without Done"),
			report.Step(s.Pos, "the goroutine that was counted is started here"),
			report.Step(wait.Pos, "this waits for ever"),
		},
		Strict: c.j.IsTestFile(o.Pos),
		Defect: o,
	})
}
