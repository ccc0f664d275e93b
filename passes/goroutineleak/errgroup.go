package goroutineleak

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// errgroup.WithContext hands out a context that ends with the first error, and
// when Wait returns. This file finds groups whose tasks do not hear it, and
// code behind Wait that still works with it (must: the derived context is
// followed through variables assigned once and closures).

// ctxGroup is one call of errgroup.WithContext.
type ctxGroup struct {
	site
	group   ssa.Value // result 0, or nil
	derived ssa.Value // result 1, or nil if it is thrown away
	cells   []ssa.Value
}

// judgeErrgroups reports derived contexts that are dropped or used too late.
func (j *judge) judgeErrgroups() {
	for _, at := range j.sites[errgroupWith] {
		call, ok := at.instr.(*ssa.Call)
		if !ok {
			continue
		}
		g := &ctxGroup{site: at, group: extract(call, 0), derived: extract(call, 1)}
		g.cells = storedIn(g.derived)
		if j.judgeDiscarded(g) {
			continue
		}
		j.judgeTasks(g)
		j.judgeAfterWait(g)
	}
}

// extract returns component i of a call's results if anything uses it.
func extract(call *ssa.Call, i int) ssa.Value {
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index == i {
			for _, use := range *x.Referrers() {
				if _, isDebug := use.(*ssa.DebugRef); !isDebug {
					return x
				}
			}
		}
	}
	return nil
}

// storedIn lists the variables that v is stored in.
func storedIn(v ssa.Value) (cells []ssa.Value) {
	if v == nil {
		return nil
	}
	for _, ref := range *v.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Val == v {
			cells = append(cells, st.Addr)
		}
	}
	return cells
}

// judgeDiscarded reports a group whose context nobody reads.
func (j *judge) judgeDiscarded(g *ctxGroup) bool {
	if g.derived != nil && j.isRead(g) {
		return false
	}
	j.report.Add(report.Finding{
		Rule:    "errgroup-ctx",
		Pos:     g.pos(),
		Message: "the context of errgroup.WithContext is thrown away, so the first error stops no other task; use it in the tasks",
		Related: j.parentSteps(g),
		Strict:  j.hearsNothing(g),
		Defect:  g.instr,
	})
	return true
}

// isRead reports whether the derived context is loaded from where it is kept.
func (j *judge) isRead(g *ctxGroup) bool {
	for _, ref := range *g.derived.Referrers() {
		switch ref.(type) {
		case *ssa.Store, *ssa.DebugRef:
		default:
			return true
		}
	}
	return slices.ContainsFunc(g.cells, isLoaded)
}

// isLoaded reports whether anything reads the variable at cell.
func isLoaded(cell ssa.Value) bool {
	a, ok := cell.(*ssa.Alloc)
	if !ok {
		return true // a field, a global, a captured variable
	}
	for _, ref := range *a.Referrers() {
		switch ref.(type) {
		case *ssa.Store, *ssa.DebugRef:
		default:
			return true
		}
	}
	return false
}

// parentSteps points at the tasks that use the parent instead.
func (j *judge) parentSteps(g *ctxGroup) (steps []analysis.RelatedInformation) {
	for _, s := range j.spawnsOf(g) {
		if use := j.parentUse(g, s); use != nil {
			steps = append(steps, report.Step(use.pos, "this task works with the parent context"))
		}
	}
	return steps
}

// spawnsOf lists the tasks given to a group in the function that made it.
func (j *judge) spawnsOf(g *ctxGroup) (list []*model.Spawn) {
	if g.group == nil {
		return nil
	}
	place := j.PlaceOf(g.group)
	for _, f := range append([]*model.Func{g.f}, nested(g.f)...) {
		for _, s := range f.Spawns {
			if s.Group != nil && s.Group.Place == place {
				list = append(list, s)
			}
		}
	}
	return list
}

// derivedName spells the derived context: the variable it is assigned to.
func (j *judge) derivedName(g *ctxGroup) string {
	name := "the group's own context"
	ast.Inspect(g.f.Body, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if ok && len(set.Lhs) == 2 && len(set.Rhs) == 1 && set.Rhs[0] == ast.Expr(g.syntax) {
			name = types.ExprString(set.Lhs[1])
		}
		return true
	})
	return name
}

// isCell reports whether root is a variable that holds the derived context.
func (g *ctxGroup) isCell(root any) bool {
	v, ok := root.(ssa.Value)
	return ok && slices.Contains(g.cells, v)
}

// isDerivedCtx reports whether v is the derived context or a variable that
// holds it.
func (j *judge) isDerivedCtx(g *ctxGroup, v ssa.Value) bool {
	if !isContextLike(v.Type()) {
		return false
	}
	root := j.PlaceOf(v).Root
	return root == any(g.derived) || g.isCell(root)
}

// isContextLike reports whether t is a context or the address of one.
func isContextLike(t types.Type) bool {
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	return model.IsContext(t)
}

// hearsNothing reports whether no task of a group calls anything that takes a
// context, so that there is nobody to stop.
func (j *judge) hearsNothing(g *ctxGroup) bool {
	tasks := j.spawnsOf(g)
	for _, s := range tasks {
		if s.Body == nil {
			return false
		}
		for _, f := range j.taskOf(s.Body).near {
			if callsUnderCtx(f) {
				return false
			}
		}
	}
	return len(tasks) > 0
}

// callsUnderCtx reports whether f calls anything that takes a context.
func callsUnderCtx(f *model.Func) bool {
	found := false
	instrs(f, func(i ssa.Instruction) {
		call, ok := i.(ssa.CallInstruction)
		if !ok {
			return
		}
		for param := range call.Common().Signature().Params().Variables() {
			found = found || model.IsContext(param.Type())
		}
	})
	return found
}
