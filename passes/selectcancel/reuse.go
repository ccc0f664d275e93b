package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file finds calls that wait on a context behind the place where that
// context is known to have ended. Must: the place dominates the call or is the
// case around it, the context is the same value or derived from it, and the
// callee is known to give up when its context ends.

// ctxEnd is a place behind which a context is known to have ended.
type ctxEnd struct {
	ctx   model.Place
	name  string
	pos   token.Pos
	at    ssa.Instruction // a bare receive, or nil
	in    *model.Case     // a case of a select, or nil
	block *ssa.BasicBlock // where Err is not nil, or nil
	whole bool            // the function only runs once the context has ended
}

// judgeReuse judges cancelled-ctx-reused.
func (j *judge) judgeReuse(f *model.Func) {
	ends := j.endsOf(f)
	if len(ends) == 0 {
		return
	}
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				j.judgeReuseIn(f, ends, call)
			}
		}
	}
}

// judgeReuseIn reports a call that waits on an ended context.
func (j *judge) judgeReuseIn(f *model.Func, ends []ctxEnd, call ssa.CallInstruction) {
	for i, arg := range call.Common().Args {
		if !model.IsContext(arg.Type()) {
			continue
		}
		for _, end := range ends {
			if end.isBefore(f, call) && j.endsWith(f, arg, end) {
				j.addReuse(end, call, i)
				return
			}
		}
	}
}

// addReuse reports the call if its callee is known to depend on its context.
func (j *judge) addReuse(end ctxEnd, call ssa.CallInstruction, arg int) {
	syn := j.CallSyntax(call)
	if syn == nil || !j.dependsOn(call.Common(), syn, arg) {
		return
	}
	j.report.Add(report.Finding{
		Rule:    "cancelled-ctx-reused",
		Pos:     syn.Pos(),
		Message: end.name + " has ended, so " + j.givesUp(call, syn) + " gives up at once; use context.WithoutCancel(" + end.name + ") with a timeout",
		Strict:  j.IsTestCode(syn.Pos()),
		Related: []analysisStep{report.Step(end.pos, "%s has ended behind this", end.name)},
	})
}

// givesUp names what gives up: the call itself, or the first that waits on the
// context which the call derives.
func (j *judge) givesUp(call ssa.CallInstruction, syn *ast.CallExpr) string {
	if derivers[calleeName(call.Common())] == "" {
		return short(syn.Fun)
	}
	for _, b := range call.Parent().Blocks {
		for _, instr := range b.Instrs {
			if next, ok := instr.(ssa.CallInstruction); ok && j.CallSyntax(next) != nil && j.isGivenResult(next, call) {
				return short(j.CallSyntax(next).Fun)
			}
		}
	}
	return "what waits on " + short(syn.Fun)
}

// isGivenResult reports whether an argument of next is the context that a call
// derives.
func (j *judge) isGivenResult(next, call ssa.CallInstruction) bool {
	return slices.ContainsFunc(next.Common().Args, func(arg ssa.Value) bool {
		if !model.IsContext(arg.Type()) {
			return false
		}
		made := j.derivation(arg)
		return made != nil && ssa.CallInstruction(made) == call
	})
}

// endsOf finds where f learns that a context has ended.
func (j *judge) endsOf(f *model.Func) []ctxEnd {
	var ends []ctxEnd
	for _, o := range f.Ops {
		if o.Action == model.Recv {
			if p, name := j.doneOwner(o.Value); !p.IsZero() {
				ends = append(ends, ctxEnd{ctx: p, name: name, pos: o.Pos, at: o.Instr})
			}
		}
	}
	for _, s := range f.Selects {
		if s.Instr == nil {
			continue // a lone case is a bare receive
		}
		for _, k := range s.Cases {
			if p, name := j.doneOwner(k.Value); !p.IsZero() {
				ends = append(ends, ctxEnd{ctx: p, name: name, pos: k.Pos, in: k})
			}
		}
	}
	ends = append(ends, j.cancelEnds(f)...)
	ends = append(ends, j.errEnds(f)...)
	return append(ends, j.afterEnds(f)...)
}

// cancelEnds finds the calls of f that cancel a context derived in view.
func (j *judge) cancelEnds(f *model.Func) (ends []ctxEnd) {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Call.IsInvoke() || call.Call.StaticCallee() != nil {
				continue
			}
			if ctx := j.cancelledBy(call.Call.Value); ctx != nil {
				ends = append(ends, ctxEnd{ctx: j.contextAt(ctx), name: "the context", pos: call.Pos(), at: call})
			}
		}
	}
	return ends
}

// errEnds finds the branches of f that are taken if a context's Err is not nil.
func (j *judge) errEnds(f *model.Func) (ends []ctxEnd) {
	for _, b := range f.SSA.Blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		call, isNil := errTest(branch.Cond)
		if call == nil {
			continue
		}
		ended := b.Succs[0]
		if isNil {
			ended = b.Succs[1]
		}
		p := j.contextAt(call.Call.Value)
		if !p.IsZero() && len(ended.Preds) == 1 {
			ends = append(ends, ctxEnd{ctx: p, name: j.receiverText(call), pos: j.CallPos(call), block: ended})
		}
	}
	return ends
}

// errTest reads "ctx.Err() != nil", and "== nil" where isNil.
func errTest(cond ssa.Value) (call *ssa.Call, isNil bool) {
	call, isNil = nilTest(cond)
	if call == nil || !isMethodOf(call, "Err") {
		return nil, false
	}
	return call, isNil
}

// nilTest reads a comparison of a call's result with nil.
func nilTest(cond ssa.Value) (call *ssa.Call, isNil bool) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL {
		return nil, false
	}
	call, ok = cmp.X.(*ssa.Call)
	c, isConst := cmp.Y.(*ssa.Const)
	if !ok || !isConst || !c.IsNil() {
		return nil, false
	}
	return call, cmp.Op == token.EQL
}

// afterEnds finds the context whose end runs f: context.AfterFunc(ctx, f).
func (j *judge) afterEnds(f *model.Func) (ends []ctxEnd) {
	for _, s := range f.Started {
		if s.Kind != model.AfterFunc || calleeName(s.Instr.Common()).Pkg != "context" {
			continue
		}
		if p := j.contextAt(s.Instr.Common().Args[0]); !p.IsZero() && s.Call != nil {
			ends = append(ends, ctxEnd{ctx: p, name: short(s.Call.Args[0]), pos: s.Pos, whole: true})
		}
	}
	return ends
}

// isMethodOf reports whether call calls a method of context.Context.
func isMethodOf(call *ssa.Call, method string) bool {
	return call.Call.IsInvoke() && call.Call.Method.Name() == method && model.IsContext(call.Call.Value.Type())
}

// isBefore reports whether the context has ended whenever the call runs.
func (e ctxEnd) isBefore(f *model.Func, call ssa.CallInstruction) bool {
	switch {
	case e.whole:
		return true
	case e.at != nil:
		return model.Before(e.at, call)
	case e.block != nil:
		return e.block == call.Block() || e.block.Dominates(call.Block())
	}
	return e.in.Contains(f.Pkg.CallPos(call))
}

// dependsOn reports whether the callee is known to stop when the context in its
// argument ends: a wait bound by it, the derivation of a shorter one, or the
// making of something that waits.
func (j *judge) dependsOn(common *ssa.CallCommon, syn *ast.CallExpr, arg int) bool {
	name := calleeName(common)
	if what := derivers[name]; what == "timeout" || what == "deadline" || boundBuilders[name] {
		return true
	}
	fn, _ := typeutil.Callee(j.Pass.TypesInfo, syn).(*types.Func)
	if fn == nil {
		return false
	}
	if fn.Signature().Recv() != nil && !common.IsInvoke() {
		arg--
	}
	for _, w := range j.Facts.Of(fn).Waits {
		if w.Bound == op.Context && w.Ctx == arg+1 && (w.Kind.IsOutside() || w.Kind == op.Join) {
			return true
		}
	}
	return false
}

// boundBuilders make something whose wait ends with the context they are given.
var boundBuilders = map[symbol.Name]bool{
	{Pkg: "os/exec", Func: "CommandContext"}:         true,
	{Pkg: "net/http", Func: "NewRequestWithContext"}: true,
}
