package goroutineleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// Wait ends the context of its errgroup. This file finds work that is given
// that context behind Wait (must).

// judgeAfterWait reports work with the derived context behind Wait.
func (j *judge) judgeAfterWait(g *ctxGroup) {
	if g.derived == nil || g.group == nil {
		return
	}
	place := j.PlaceOf(g.group)
	for _, o := range g.f.Ops {
		if o.Action == model.GroupWait && !o.Deferred && o.Place == place {
			j.judgeBehind(g, o)
		}
	}
}

// judgeBehind reports the first work behind one Wait.
func (j *judge) judgeBehind(g *ctxGroup, wait *model.Op) {
	for _, b := range g.f.SSA.Blocks {
		for _, i := range b.Instrs {
			call, ok := i.(*ssa.Call)
			if !ok || !model.Before(wait.Instr, i) || g.f.MayFollow(i, wait.Instr) || !j.worksWith(g, call) {
				continue
			}
			j.report.Add(report.Finding{
				Rule:    "errgroup-ctx",
				Pos:     j.CallPos(call),
				Message: "the group's context has ended when Wait returns (" + j.report.Where(j.CallPos(call), wait.Pos) + "); work with the parent context here",
				Related: []analysis.RelatedInformation{report.Step(wait.Pos, "Wait ends the group's context")},
			})
			return
		}
	}
}

// worksWith reports whether a call hands the derived context, and nothing that
// may have replaced it, to work.
func (j *judge) worksWith(g *ctxGroup, call *ssa.Call) bool {
	common := call.Common()
	if common.IsInvoke() && model.IsContext(common.Value.Type()) || j.onlyReads(common) || j.isAsking(common) {
		return false
	}
	for n, arg := range common.Args {
		if model.IsContext(arg.Type()) && j.holdsDerived(g, arg, call) && !j.isUnusedParam(common, n) {
			return true
		}
	}
	return false
}

// isAsking reports whether a call only asks why a context ended, or is given an
// error to note or to hand on, for which it is not known to wait.
func (j *judge) isAsking(common *ssa.CallCommon) bool {
	fn := callee(common)
	if slices.ContainsFunc(common.Args, func(v ssa.Value) bool { return isErrorType(v.Type()) }) {
		return fn == nil || len(j.Facts.Of(fn).Waits) == 0
	}
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "context" && (fn.Name() == "Cause" || fn.Name() == "AfterFunc")
}

// isErrorType reports whether t is the type error.
func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// holdsDerived reports whether v is the derived context at the time of a call
// (must): the variable's last store before it is that of the derived one.
func (j *judge) holdsDerived(g *ctxGroup, v ssa.Value, call *ssa.Call) bool {
	if v == g.derived {
		return true
	}
	load, ok := v.(*ssa.UnOp)
	if !ok || !slices.Contains(g.cells, load.X) {
		return false
	}
	a, ok := load.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a && st.Val != g.derived && g.f.MayFollow(g.instr, st) {
			return false
		}
	}
	return model.Before(g.instr, call)
}
