package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// A function that leaves its goroutines behind does little harm if they end for
// the same reason: the context or stop channel that makes it return is theirs as
// well, or it cancels their context on the way out; or if the process ends next.
// This file finds such returns (may). They are reported at level strict.

// isHarmless reports whether the goroutines that a return leaves behind end with
// it, or with the process.
func (m *missed) isHarmless(ret *ssa.Return) bool {
	return m.isTold(ret) || m.cancels(ret) || fails(ret) && m.j.endsProgram(m.l.f, 0)
}

// isTold reports whether the function returns because a context or a stop
// channel has ended that the goroutines hear as well.
func (m *missed) isTold(ret *ssa.Return) bool {
	for _, cause := range m.causes(ret) {
		told := func(s *model.Spawn) bool { return m.uses(s, cause) }
		if m.isParentOfGroup(cause) || !slices.ContainsFunc(m.l.spawns, func(s *model.Spawn) bool { return !told(s) }) {
			return true
		}
	}
	return false
}

// causes lists the contexts and stop channels whose end leads to a return: the
// case of a select, or the failed wait for a permit under a context.
func (m *missed) causes(ret *ssa.Return) (list []model.Place) {
	for _, sel := range m.l.f.Selects {
		for _, k := range sel.Cases {
			if k.Kind != model.Stop || k.Entry == nil || !k.Entry.Dominates(ret.Block()) {
				continue
			}
			if ctx := doneOf(k.Value); ctx != nil {
				list = append(list, m.j.PlaceOf(ctx))
			} else {
				list = append(list, m.j.PlaceOf(k.Value))
			}
		}
	}
	for _, o := range m.l.f.Ops {
		if o.Action != model.Recv || !model.Before(o.Instr, ret) || m.l.f.LoopAt(o.Pos) != nil {
			continue
		}
		if ctx := doneOf(o.Value); ctx != nil {
			list = append(list, m.j.PlaceOf(ctx))
		}
	}
	return append(list, m.permits(ret)...)
}

// permitName matches functions that wait for a permit: with a context, they fail
// when it ends.
var permitName = pattern.New(`(?i)^(acquire|wait|waitn)`)

// permits lists the contexts under which a permit was asked for in vain before a
// return.
func (m *missed) permits(ret *ssa.Return) (list []model.Place) {
	for d := ret.Block().Idom(); d != nil; d = d.Idom() {
		br := branchOf(d)
		if br == nil || !isErrorTest(br.Cond) || !failedEdge(br).Dominates(ret.Block()) {
			continue
		}
		call, ok := br.Cond.(*ssa.BinOp).X.(*ssa.Call)
		if !ok || !permitName.MatchString(calledName(call.Common()).Func) {
			continue
		}
		for _, arg := range call.Call.Args {
			if model.IsContext(arg.Type()) {
				list = append(list, m.j.PlaceOf(arg))
			}
		}
	}
	return list
}

// failedEdge returns the block behind a test of an error where there is one.
func failedEdge(br *ssa.If) *ssa.BasicBlock {
	if br.Cond.(*ssa.BinOp).Op == token.NEQ {
		return br.Block().Succs[0]
	}
	return br.Block().Succs[1]
}

// isParentOfGroup reports whether the group's own context is derived from a
// context.
func (m *missed) isParentOfGroup(ctx model.Place) bool {
	x, ok := m.l.value.(*ssa.Extract)
	if !ok {
		return false
	}
	call, ok := x.Tuple.(*ssa.Call)
	if !ok || calledName(call.Common()) != errgroupWith {
		return false
	}
	return m.j.PlaceOf(call.Call.Args[0]) == ctx || m.isResult(ctx, call)
}

// isResult reports whether a place is the context that a call returns.
func (m *missed) isResult(place model.Place, call *ssa.Call) bool {
	x, ok := place.Root.(*ssa.Extract)
	return ok && place.Fields == "" && x.Tuple == ssa.Value(call) && x.Index == 1
}

// uses reports whether what a goroutine runs, or is given, is in a place.
func (m *missed) uses(s *model.Spawn, place model.Place) bool {
	if place.IsZero() {
		return false
	}
	isThere := func(v ssa.Value) bool { return v != nil && m.j.PlaceOf(v) == place }
	if slices.ContainsFunc(s.Instr.Common().Args, isThere) {
		return true
	}
	if s.Body == nil {
		return false
	}
	found := false
	for _, f := range m.j.taskOf(s.Body).near {
		instrs(f, func(i ssa.Instruction) {
			for _, operand := range i.Operands(nil) {
				found = found || isThere(*operand)
			}
		})
	}
	return found
}

// cancels reports whether a return cancels the context of all the goroutines,
// and they write nothing that the caller might look at.
func (m *missed) cancels(ret *ssa.Return) bool {
	found := false
	instrs(m.l.f, func(i ssa.Instruction) {
		d, ok := i.(*ssa.Defer)
		if !ok || found || !m.l.f.MayFollow(d, ret) {
			return
		}
		ctx := m.canceled(d.Call.Value)
		found = ctx != nil && !slices.ContainsFunc(m.l.spawns, func(s *model.Spawn) bool {
			return !m.usesValue(s, ctx) || writesOut(s)
		})
	})
	return found
}

// usesValue reports whether a goroutine uses a context, or a variable that has
// held it.
func (m *missed) usesValue(s *model.Spawn, ctx ssa.Value) bool {
	return slices.ContainsFunc(append(storedIn(ctx), ctx), func(v ssa.Value) bool { return m.uses(s, m.j.PlaceOf(v)) })
}

// canceled returns the context that a cancel function ends, or nil.
func (m *missed) canceled(cancel ssa.Value) ssa.Value {
	x, ok := m.j.PlaceOf(cancel).Root.(*ssa.Extract)
	if !ok || x.Index != 1 {
		return nil
	}
	call, ok := x.Tuple.(*ssa.Call)
	if !ok || !derives(call.Common()) {
		return nil
	}
	return extract(call, 0)
}

// writesOut reports whether a goroutine writes a variable of the function that
// starts it.
func writesOut(s *model.Spawn) bool {
	found := s.Body == nil
	if s.Body != nil {
		instrs(s.Body, func(i ssa.Instruction) {
			if st, ok := i.(*ssa.Store); ok {
				_, captured := st.Addr.(*ssa.FreeVar)
				found = found || captured
			}
		})
	}
	return found
}

// fails reports whether a return may hand an error to the caller.
func fails(ret *ssa.Return) bool {
	if !endsInError(ret.Parent().Signature) {
		return false
	}
	k, isConst := ret.Results[len(ret.Results)-1].(*ssa.Const)
	return !isConst || !k.IsNil()
}

// endsProgram reports whether the process ends when f has failed: f is part of
// a program's main line, or one of its commands. What nobody calls in view is
// not.
func (j *judge) endsProgram(f *model.Func, depth int) bool {
	switch {
	case !j.isProgram() || depth > maxCallers || handlerOf(f) != nil:
		return false
	case f.IsProcessLifetime():
		return true
	case f.Obj == nil && f.Parent != nil:
		return j.endsProgram(f.Parent, depth+1)
	case f.EscapesAsValue() || j.isListed(f):
		return true
	}
	for _, c := range f.Callers {
		if c.From == f || !j.endsProgram(c.From, depth+1) {
			return false
		}
	}
	return len(f.Callers) > 0 && len(f.Started) == 0
}

// isListed reports whether the initialiser of a package variable names f: a table
// of commands does.
func (j *judge) isListed(f *model.Func) bool {
	found := false
	for _, file := range j.Pass.Files {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.VAR || found {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				id, isName := n.(*ast.Ident)
				found = found || isName && f.Obj != nil && j.Pass.TypesInfo.Uses[id] == types.Object(f.Obj)
				return !found && !isLit(n)
			})
		}
	}
	return found
}

// isProgram reports whether the package is a program, or a part of the one whose
// directory under cmd it lies in.
func (j *judge) isProgram() bool {
	return j.IsMain() || strings.Contains(j.Pass.Pkg.Path(), "/cmd/")
}

// countsAnswers reports whether a return is only reached once as many answers
// are in as were asked for, and every goroutine gives one.
func (m *missed) countsAnswers(ret *ssa.Return) bool {
	for d := ret.Block().Idom(); d != nil; d = d.Idom() {
		br := branchOf(d)
		if br == nil || !br.Block().Succs[0].Dominates(ret.Block()) {
			continue
		}
		cmp, ok := br.Cond.(*ssa.BinOp)
		if ok && (cmp.Op == token.EQL || cmp.Op == token.GEQ) && isCount(cmp.X) && isCount(cmp.Y) && m.followsRecv(br) {
			return m.j.isJoinedOtherwise(m.l)
		}
	}
	return false
}

// isCount reports whether a value is a number that is not written down.
func isCount(v ssa.Value) bool {
	if _, isConst := v.(*ssa.Const); isConst {
		return false
	}
	basic, ok := v.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// followsRecv reports whether a branch lies behind a receive that a loop
// repeats.
func (m *missed) followsRecv(br *ssa.If) bool {
	for _, o := range m.l.f.Ops {
		isRecv := o.Action == model.Recv || o.Action == model.RangeRecv || o.Action == model.SelectWait
		if isRecv && model.Before(o.Instr, br) && m.l.f.Reaches(br.Block(), o.Block()) {
			return true
		}
	}
	return false
}
