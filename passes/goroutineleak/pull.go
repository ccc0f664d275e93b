package goroutineleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// iter.Pull runs its iterator in a coroutine, which ends when the iterator does
// or when stop is called. This file finds stop functions that are dropped, and
// returns that skip them although values may be left (must: a stop function that
// is kept, captured or handed on is somebody else's to call).

// judgePull reports an iterator whose stop function is dropped.
func (j *judge) judgePull(at site) {
	call, ok := at.instr.(*ssa.Call)
	if !ok {
		return
	}
	stop := extract(call, 1)
	if stop != nil && j.isUsed(stop) {
		j.judgeUnstopped(at, call, stop)
		return
	}
	j.report.Add(report.Finding{
		Rule:    "result-dropped",
		Pos:     at.pos(),
		Message: "the stop function of " + calledName(call.Common()).Func + " is dropped, so an unfinished iterator stays behind; defer stop()",
		Strict:  j.IsTestFile(at.pos()),
		Defect:  at.instr,
	})
}

// judgeUnstopped reports a return that skips the stop function which other
// paths call. Behind a next that found nothing there is nothing to stop.
func (j *judge) judgeUnstopped(at site, pull *ssa.Call, stop ssa.Value) {
	next := extract(pull, 0)
	if next == nil || !isOnlyRun(next) {
		return
	}
	points := make(map[ssa.Instruction]bool)
	addUses(points, stop, 0, func(ssa.Instruction, ssa.Value) bool { return false })
	ret := leavesBut(at.f, at.instr, points, emptyEdges(at.f, next))
	if ret == nil {
		return
	}
	pos, name := retPos(at.f, ret), j.stopName(at)
	j.report.Add(report.Finding{
		Rule:    "result-dropped",
		Pos:     pos,
		Message: "this return skips " + name + "(), so the iterator pulled " + j.report.Where(pos, at.pos()) + " stays behind unfinished; defer " + name + "()",
		Strict:  j.IsTestFile(at.pos()),
		Related: []analysis.RelatedInformation{report.Step(at.pos(), "the iterator is started here"), report.Step(callPos(j.Package, firstOf(points)), "other paths stop it")},
		Defect:  at.instr,
	})
}

// stopName spells the stop function: the variable it is assigned to.
func (j *judge) stopName(at site) string {
	name := "stop"
	ast.Inspect(at.f.Body, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if ok && len(set.Lhs) == 2 && len(set.Rhs) == 1 && ast.Unparen(set.Rhs[0]) == ast.Expr(at.syntax) {
			name = types.ExprString(set.Lhs[1])
		}
		return true
	})
	return name
}

// isOnlyRun reports whether a next function is only called, and where it was
// made.
func isOnlyRun(next ssa.Value) bool {
	for _, ref := range *next.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if i.Call.Value != next {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// emptyEdges lists the branches that are taken when next has found nothing.
func emptyEdges(f *model.Func, next ssa.Value) map[edge]bool {
	empty := make(map[edge]bool)
	for b, br := range branches(f) {
		cond, other := br.Cond, 1
		if not, ok := cond.(*ssa.UnOp); ok {
			cond, other = not.X, 0
		}
		if isFound(cond, next, 0) {
			empty[edge{b, b.Succs[other]}] = true
		}
	}
	return empty
}

// isFound reports whether v is the last result of a call of next: whether there
// was a value.
func isFound(v, next ssa.Value, depth int) bool {
	switch v := v.(type) {
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && call.Call.Value == next && v.Index == call.Call.Signature().Results().Len()-1
	case *ssa.Phi:
		for _, e := range v.Edges {
			if depth > maxCallers || e != ssa.Value(v) && !isFound(e, next, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}

// isUsed reports whether a function value is called, captured or handed on.
func (j *judge) isUsed(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if a, ok := i.Addr.(*ssa.Alloc); !ok || isLoaded(a) {
				return true
			}
		default:
			return true
		}
	}
	return false
}
