package unboundedchan

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file judges limit-after-spawn: limits that come too late. Must: the
// semaphore, the group and the order of operations are all in view; groups that
// only may be the same are left alone.

// limitInside reports a semaphore that the goroutine takes itself.
func (j *judge) limitInside(at *site) bool {
	if at.Body == nil || at.Kind == model.AfterFunc {
		return false
	}
	name, pos, ok := j.slotTaken(at.Body)
	if !ok {
		return false
	}
	most, why, _ := j.sizeOf(at)
	j.add(report.Finding{
		Rule:    "limit-after-spawn",
		Pos:     pos.Pos(),
		Strict:  most < caller,
		Message: fmt.Sprintf("%s is acquired inside the goroutine, so all of them start at once, %s; acquire it before the start", name, j.report.Where(pos.Pos(), at.Pos)),
		Related: []analysis.RelatedInformation{report.Step(at.Pos, "the goroutines start here"), report.Step(why.Pos(), "this loop decides how many")},
		Defect:  lateSlot{at.Func.Decl(), name},
	})
	return true
}

// lateSlot is a semaphore that goroutines of one function take: however many loops
// of the function start them, the cure is one.
type lateSlot struct {
	f    *model.Func
	name string
}

// slotTaken returns the semaphore from which a goroutine's body takes a slot,
// outside any loop, that it gives back itself.
func (j *judge) slotTaken(body *model.Func) (name string, at ast.Node, ok bool) {
	for _, o := range body.Ops {
		if (o.Action == model.Send || o.Action == model.Recv) && isSlotOf(body, o.Chan) && body.LoopAt(o.Pos) == nil && o.Expr() != nil && !o.Deferred {
			return o.Name(), o.Expr(), true
		}
	}
	for _, s := range body.Selects {
		for _, k := range s.Cases {
			if k.Dir == sendOnly && isSlotOf(body, k.Chan) && s.Loop() == nil {
				return k.Name(), k.Expr(), true
			}
		}
	}
	return j.slotCalled(body)
}

// isSlotOf reports whether c counts permits, and the body both takes one and
// gives it back.
func isSlotOf(body *model.Func, c *model.Chan) bool {
	if c == nil || !c.IsSemaphore() && !(c.In && c.IsSignal()) || isLocalTo(body, c) {
		return false
	}
	sends, recvs := false, false
	for _, f := range append([]*model.Func{body}, body.Lits...) {
		for _, o := range f.Ops {
			sends = sends || o.Action == model.Send && o.Chan == c
			recvs = recvs || o.Action == model.Recv && o.Chan == c
			if o.Action != model.SelectWait {
				continue
			}
			for _, k := range o.Select.Cases {
				sends = sends || k.Dir == sendOnly && k.Chan == c
			}
		}
	}
	return sends && recvs
}

// slotCalled finds "x.Acquire(…)" in a body that also calls x.Release.
func (j *judge) slotCalled(body *model.Func) (name string, at ast.Node, ok bool) {
	released := make(map[string]bool)
	ast.Inspect(body.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && calleeName(call) == "Release" {
			released[receiverText(call)] = true
		}
		return true
	})
	ast.Inspect(body.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.CallExpr:
			if recv := receiverText(n); !ok && recv != "" && calleeName(n) == "Acquire" && released[recv] {
				name, at, ok = recv, n, true
			}
		}
		return !ok
	})
	return name, at, ok
}

// receiverText returns how a method call spells its receiver, or "".
func receiverText(call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return types.ExprString(sel.X)
	}
	return ""
}

// judgeLimits judges limit-after-spawn for groups.
func (j *judge) judgeLimits(g *model.Group) {
	for _, set := range g.Limits {
		for _, start := range g.Gos {
			if isLate(g, start, set) {
				j.lateLimit(start, set)
				break
			}
		}
	}
	if !isRealLimit(g) {
		return
	}
	for _, s := range j.Spawns {
		if s.Group != nil && j.groups[s.Group] == g && s.Body != nil && !s.Group.Place.IsZero() {
			j.nestedGo(s)
		}
	}
}

// isLate reports whether a limit is set on a group that already runs.
func isLate(g *model.Group, start, set *model.Op) bool {
	if start.Func != set.Func || start.Place != set.Place || start.Place.IsZero() {
		return false
	}
	if !start.Func.MayFollow(start.Instr, set.Instr) || model.Before(set.Instr, start.Instr) {
		return false
	}
	for _, wait := range g.Waits {
		if wait.Func == set.Func && model.Before(wait.Instr, set.Instr) && start.Func.MayFollow(start.Instr, wait.Instr) {
			return false
		}
	}
	return true
}

// lateLimit reports a limit that is set after a start.
func (j *judge) lateLimit(start, set *model.Op) {
	j.add(report.Finding{
		Rule:    "limit-after-spawn",
		Pos:     set.Pos,
		Message: fmt.Sprintf("the limit of %s is set after goroutines have started %s; set it before the first Go", set.Name(), j.report.Where(set.Pos, start.Pos)),
		Related: []analysis.RelatedInformation{report.Step(start.Pos, "this goroutine starts without a limit")},
	})
}

// nestedGo reports a goroutine of a limited group that waits for another slot
// of the same group while it holds one.
func (j *judge) nestedGo(s *model.Spawn) {
	o := j.goInside(s, s.Body, 0, make(map[*model.Func]bool))
	if o == nil || j.isProvedStuck(o) {
		return
	}
	j.add(report.Finding{
		Rule:    "limit-after-spawn",
		Pos:     o.Pos,
		Message: fmt.Sprintf("%s.Go waits for a slot inside a goroutine that holds one, started %s: at the limit all wait; use TryGo", o.Name(), j.report.Where(o.Pos, s.Pos)),
		Related: []analysis.RelatedInformation{report.Step(s.Pos, "the goroutine that holds a slot starts here")},
		Defect:  o.Pos,
	})
}

// isProvedStuck reports whether a run that ends at an operation has been found: then
// group-never-done says so, except of what lasts as long as the program.
func (j *judge) isProvedStuck(o *model.Op) bool {
	return slices.ContainsFunc(j.proved.Stuck, func(st *verify.Stuck) bool {
		isMain := st.Root.Obj != nil && st.Root.Obj.Name() == "main"
		return st.Op == o && st.Kind == verify.GroupNeverDone && !isMain && !j.IsTestFile(st.Root.Syntax.Pos())
	})
}

// goInside finds a Go on the group of s in what its goroutine runs, following
// calls that hand the group on.
func (j *judge) goInside(s *model.Spawn, f *model.Func, depth int, seen map[*model.Func]bool) *model.Op {
	if depth > maxCalls || seen[f] {
		return nil
	}
	seen[f] = true
	for _, o := range f.Ops {
		if o.Action == model.GroupGo && o.Callee.Name() != "TryGo" && j.isSameGroup(s.Group, o) {
			return o
		}
	}
	for _, lit := range f.Lits {
		if lit.IsLoopBody() {
			if o := j.goInside(s, lit, depth+1, seen); o != nil {
				return o
			}
		}
	}
	for _, c := range f.Calls {
		if o := j.goInside(s, c.To, depth+1, seen); o != nil {
			return o
		}
	}
	return nil
}

// isSameGroup reports whether o, met while a goroutine of outer runs, is on the
// same group: the same place, or one of the class that was handed on.
func (j *judge) isSameGroup(outer, o *model.Op) bool {
	if j.groups[outer] == nil || j.groups[outer] != j.groups[o] {
		return false
	}
	switch root := o.Place.Root.(type) {
	case *ssa.Parameter, *ssa.Global:
		return true
	case ssa.Instruction:
		return o.Place == outer.Place && root.Parent() != o.Func.SSA
	}
	return false
}
