package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds tasks of an errgroup that do not hear its context: they give
// the parent to their work, or wait for the parent's end (must: the task is a
// literal, here or in a function of the package that returns it).

// judgeTasks reports tasks that use the parent context and never the derived
// one.
func (j *judge) judgeTasks(g *ctxGroup) {
	tasks := j.spawnsOf(g)
	for _, s := range tasks {
		use := j.parentUse(g, s)
		if use == nil && mayOtherFail(tasks, s) {
			use = j.parentWait(g, s)
		}
		if use == nil {
			continue
		}
		j.report.Add(report.Finding{
			Rule:    "errgroup-ctx",
			Pos:     use.pos,
			Message: fit("this task " + use.does + ", which does not end when another task of the group fails; use " + j.derivedName(g)),
			Related: []analysis.RelatedInformation{report.Step(g.pos(), "the group's own context is made here")},
		})
	}
}

// mayOtherFail reports whether a task beside the given one may return an error.
func mayOtherFail(tasks []*model.Spawn, s *model.Spawn) bool {
	return slices.ContainsFunc(tasks, func(other *model.Spawn) bool {
		return (other != s || s.Loop != nil) && (other.Body == nil || mayFail(other.Body))
	})
}

// mayFail reports whether a function may return anything but nil.
func mayFail(f *model.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, i := range b.Instrs {
			ret, ok := i.(*ssa.Return)
			if !ok || len(ret.Results) == 0 {
				continue
			}
			if k, isConst := ret.Results[len(ret.Results)-1].(*ssa.Const); !isConst || !k.IsNil() {
				return true
			}
		}
	}
	return false
}

// taskUse is where a task uses the parent context.
type taskUse struct {
	pos  token.Pos
	does string // "works with ctx"
}

// parentName spells the context that the group's own is derived from.
func (g *ctxGroup) parentName() string {
	if g.syntax != nil && len(g.syntax.Args) > 0 {
		switch e := ast.Unparen(g.syntax.Args[0]).(type) {
		case *ast.Ident, *ast.SelectorExpr:
			return types.ExprString(e)
		}
	}
	return "the parent context"
}

// ctxTask is one task with what its code calls the two contexts.
type ctxTask struct {
	g       *ctxGroup
	fns     []*model.Func // the task's literal and those inside it
	parents []model.Place
	derived []model.Place // parameters that are given the derived context
}

// taskIn reads a task's literal: the one given to Go, or the one returned by a
// function that is called for it. It is nil if there is none in view.
func (j *judge) taskIn(g *ctxGroup, s *model.Spawn) *ctxTask {
	parent := j.PlaceOf(g.instr.Common().Args[0])
	if parent.IsZero() || g.isCell(parent.Root) {
		return nil
	}
	t := &ctxTask{g: g, parents: []model.Place{parent}}
	body := s.Body
	if body == nil {
		body = j.returnedTask(t, s)
	}
	if body == nil || body.Obj != nil {
		return nil
	}
	t.fns = append([]*model.Func{body}, nested(body)...)
	return t
}

// returnedTask finds the literal that every return of a called function gives,
// and what the function's parameters stand for.
func (j *judge) returnedTask(t *ctxTask, s *model.Spawn) *model.Func {
	args := s.Instr.Common().Args
	call, ok := args[len(args)-1].(*ssa.Call)
	if !ok || call.Call.IsInvoke() {
		return nil
	}
	maker := j.FuncOf(j.ClosureIn(call.Call.Value))
	if maker == nil {
		return nil
	}
	for n, arg := range call.Call.Args {
		if n >= len(maker.SSA.Params) || !model.IsContext(arg.Type()) {
			continue
		}
		param := model.Place{Root: maker.SSA.Params[n]}
		switch {
		case j.PlaceOf(arg) == t.parents[0]:
			t.parents = append(t.parents, param)
		case j.isDerivedCtx(t.g, arg):
			t.derived = append(t.derived, param)
		}
	}
	return j.soleResult(maker)
}

// soleResult returns the one literal that a function returns, or nil.
func (j *judge) soleResult(f *model.Func) (found *model.Func) {
	for _, b := range f.SSA.Blocks {
		if len(b.Instrs) == 0 {
			continue
		}
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if len(ret.Results) != 1 {
			return nil
		}
		lit := j.FuncOf(j.ClosureIn(ret.Results[0]))
		if lit == nil || found != nil && found != lit {
			return nil
		}
		found = lit
	}
	return found
}

// isParent reports whether v is the parent context.
func (j *judge) isParent(t *ctxTask, v ssa.Value) bool {
	return model.IsContext(v.Type()) && slices.Contains(t.parents, j.PlaceOf(v))
}

// isOwn reports whether v is the group's context.
func (j *judge) isOwn(t *ctxTask, v ssa.Value) bool {
	return j.isDerivedCtx(t.g, v) || isContextLike(v.Type()) && slices.Contains(t.derived, j.PlaceOf(v))
}

// parentUse returns a call in which a task gives the parent context to work,
// if the task never touches the derived one.
func (j *judge) parentUse(g *ctxGroup, s *model.Spawn) *taskUse {
	t := j.taskIn(g, s)
	if t == nil {
		return nil
	}
	var use ssa.CallInstruction
	touches := false
	for _, f := range t.fns {
		instrs(f, func(i ssa.Instruction) {
			for _, operand := range i.Operands(nil) {
				touches = touches || *operand != nil && j.isOwn(t, *operand)
			}
			call, ok := i.(ssa.CallInstruction)
			if ok && use == nil && j.givesAway(call.Common(), t) {
				use = call
			}
		})
	}
	if touches || use == nil {
		return nil
	}
	return &taskUse{use.Pos(), "works with " + g.parentName()}
}

// parentWait returns where a task waits for the parent's end, if it never waits
// for that of the group's context.
func (j *judge) parentWait(g *ctxGroup, s *model.Spawn) *taskUse {
	t := j.taskIn(g, s)
	if t == nil {
		return nil
	}
	var use *taskUse
	for _, f := range t.fns {
		for _, o := range f.Ops {
			for _, ch := range received(o) {
				ctx := doneOf(ch)
				switch {
				case ctx == nil:
				case j.isOwn(t, ctx):
					return nil
				case use == nil && j.isParent(t, ctx):
					use = &taskUse{o.Pos, "waits for " + g.parentName()}
				}
			}
		}
	}
	return use
}

// received lists the channels that an operation waits for. A select that a
// channel in view may end, or that does not wait, is none.
func received(o *model.Op) (list []ssa.Value) {
	switch o.Action {
	case model.Recv:
		return []ssa.Value{o.Value}
	case model.SelectWait:
		for _, k := range o.Select.Cases {
			if k.Dir != types.RecvOnly {
				continue
			}
			if o.Select.HasDefault || doneOf(k.Value) == nil && (k.Kind == model.Stop || k.Chan != nil && len(k.Chan.Closes) > 0) {
				return nil
			}
			list = append(list, k.Value)
		}
	}
	return list
}

// doneOf returns the context whose Done a channel is, or nil.
func doneOf(ch ssa.Value) ssa.Value {
	call, ok := ch.(*ssa.Call)
	if ok && call.Call.IsInvoke() && call.Call.Method.Name() == "Done" && model.IsContext(call.Call.Value.Type()) {
		return call.Call.Value
	}
	return nil
}

// givesAway reports whether a call hands on the parent context for work.
func (j *judge) givesAway(common *ssa.CallCommon, t *ctxTask) bool {
	if j.onlyReads(common) {
		return false
	}
	for n, arg := range common.Args {
		if j.isParent(t, arg) && !j.isUnusedParam(common, n) {
			return true
		}
	}
	return false
}
