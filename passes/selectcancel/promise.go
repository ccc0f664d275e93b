package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
)

// This file knows waits that end although they name no context: whoever gave the
// channel was given the context, the goroutine is ended by closing what it
// receives from, or it lives for what its starter returned. May: a function that
// takes a context and returns a channel is believed, unless its body is in view
// and ignores the context.

// isGivenFor reports whether a channel came from a call that was given a context:
// a subscription, which ends with it.
func (j *judge) isGivenFor(v ssa.Value) bool {
	root := j.PlaceOf(v).Root
	if ext, ok := root.(*ssa.Extract); ok {
		root = ext.Tuple
	}
	call, ok := root.(*ssa.Call)
	if !ok {
		return false
	}
	syn := j.CallSyntax(call)
	if syn == nil {
		return false
	}
	fn, _ := typeutil.Callee(j.Pass.TypesInfo, syn).(*types.Func)
	for i, arg := range syn.Args {
		if t := j.TypeOf(arg); t != nil && model.IsContext(t) {
			return fn == nil || !j.Facts.Of(fn).IsDeadCtx(i)
		}
	}
	return false
}

// isEndedByClose reports whether a case receives with ok, leaves for good if the
// channel is closed, and runs in a goroutine that its starter does not wait for:
// closing the channel is how that goroutine is stopped. A declared function may
// do more: it is told by the ticker beside the only channel that it receives from.
func isEndedByClose(k *model.Case) bool {
	f := k.Select.Func()
	if k.Dir != types.RecvOnly || !k.MayLeave() || !leavesOnClose(k.Clause) || !isLoose(f) {
		return false
	}
	return f.Obj == nil || k.Select.HasCase(model.Ticker) && len(workCases(k.Select)) == 1
}

// leavesOnClose reports whether a case of the form "v, ok := <-c" returns if not
// ok.
func leavesOnClose(clause *ast.CommClause) bool {
	as, isAssign := clause.Comm.(*ast.AssignStmt)
	if !isAssign || len(as.Lhs) != 2 {
		return false
	}
	ok, isIdent := as.Lhs[1].(*ast.Ident)
	if !isIdent || ok.Name == "_" {
		return false
	}
	for _, stmt := range clause.Body {
		branch, isIf := stmt.(*ast.IfStmt)
		if !isIf {
			continue
		}
		not, isNot := ast.Unparen(branch.Cond).(*ast.UnaryExpr)
		if !isNot || not.Op != token.NOT || !leavesLoop(branch.Body) {
			continue
		}
		if id, isId := ast.Unparen(not.X).(*ast.Ident); isId && id.Name == ok.Name {
			return true
		}
	}
	return false
}

// isLoose reports whether f only runs in goroutines which nobody in view waits
// for.
func isLoose(f *model.Func) bool {
	if f.IsExported() || len(f.Started) == 0 || len(f.Callers) > 0 || f.EscapesAsValue() && f.Parent == nil {
		return false
	}
	for _, s := range f.Started {
		if s.Group != nil || s.Kind == model.AfterFunc {
			return false
		}
	}
	return !isJoined(f)
}

// isJoined reports whether a goroutine's function tells a group that it is done,
// or tells its starter on a channel.
func isJoined(f *model.Func) bool {
	for _, o := range f.Ops {
		switch o.Action {
		case model.GroupDone:
			return true
		case model.Send, model.Close:
			if isReceivedIn(o.Chan, f) {
				return true
			}
		}
	}
	for _, s := range f.Selects {
		for _, k := range s.Cases {
			if k.Dir == types.SendOnly && isReceivedIn(k.Chan, f) {
				return true
			}
		}
	}
	return false
}

// isReceivedIn reports whether the function that f is written in receives from a
// channel, outside of f.
func isReceivedIn(c *model.Chan, f *model.Func) bool {
	if c == nil {
		return false
	}
	for _, r := range c.Recvs {
		if r.Func != f && r.Func.Decl() == f.Decl() {
			return true
		}
	}
	for _, k := range c.Cases {
		if g := k.Select.Func(); k.Dir == types.RecvOnly && g != f && g.Decl() == f.Decl() {
			return true
		}
	}
	return false
}

// outlives reports whether f runs in a goroutine that nobody waits for, that
// asks for no context, and whose starter returned something to live on with: the
// starter's context ends with the call, the goroutine must not.
func outlives(f *model.Func, ctx model.Ctx) bool {
	for g := f; g != nil && g != ctx.Owner; g = g.Parent {
		if isLoose(g) && !usesAnyContext(g) && (ctx.Kind == model.CtxRequest || returnsMore(ctx.Owner)) {
			return true
		}
	}
	return false
}

// returnsMore reports whether f returns something besides an error.
func returnsMore(f *model.Func) bool {
	results := f.SSA.Signature.Results()
	for i := range results.Len() {
		if !isError(results.At(i).Type()) {
			return true
		}
	}
	return false
}

// isBeside reports whether f is a goroutine's literal that nobody waits for and
// that does not ask for the context: it keeps no caller waiting.
func (j *judge) isBeside(f *model.Func, ctx model.Ctx) bool {
	return f.Obj == nil && isLoose(f) && !mentions(j.Pass.TypesInfo, f.Body, ctx.Var)
}
