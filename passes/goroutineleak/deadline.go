package goroutineleak

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds shutdowns that nothing bounds (must: their context is made in
// view from one that never ends, and nobody cancels it meanwhile).

// judgeDeadline reports a shutdown with a context that never ends.
func (j *judge) judgeDeadline(at site) {
	args := at.instr.Common().Args
	if len(args) != 2 || j.IsTestFile(at.pos()) {
		return
	}
	what := j.endless(at, args[1])
	if what == "" {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "server-not-drained",
		Pos:     at.pos(),
		Message: "Shutdown with " + what + " waits for ever for a connection that never goes idle; give it a timeout",
	})
}

// endless names a context that has no end before the shutdown returns, or
// returns "".
func (j *judge) endless(at site, ctx ssa.Value) string {
	place := j.PlaceOf(ctx)
	if place.Fields != "" {
		return ""
	}
	switch root := place.Root.(type) {
	case *ssa.Call:
		return j.endlessCall(at, root)
	case *ssa.Extract:
		call, ok := root.Tuple.(*ssa.Call)
		if ok && root.Index == 0 && isCancelLate(at, call) {
			return j.endlessCall(at, call)
		}
	}
	return ""
}

// endlessCall judges the call that made a context: one that never ends, or one
// that adds nothing by which another could end.
func (j *judge) endlessCall(at site, made *ssa.Call) string {
	name := calledName(made.Common())
	if name.Pkg != "context" || len(made.Call.Args) > 0 && !model.IsContext(made.Call.Args[0].Type()) {
		return ""
	}
	switch name.Func {
	case "Background", "TODO", "WithoutCancel":
		return "context." + name.Func
	case "WithCancel", "WithCancelCause", "WithValue":
		if j.endless(at, made.Call.Args[0]) != "" {
			return "context." + name.Func
		}
	}
	return ""
}

// isCancelLate reports whether the cancel function that comes with a context is
// only called where the shutdown has returned: deferred, or behind it.
func isCancelLate(at site, made *ssa.Call) bool {
	cancel := extract(made, 1)
	if cancel == nil {
		return true
	}
	for _, ref := range *cancel.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef, *ssa.Defer:
		case *ssa.Call:
			if i.Call.Value != cancel || !model.Before(at.instr, i) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
