package selectcancel

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file finds calls that cannot be cancelled although their author offers a
// form that can: a sibling by name and signature, or what a table advises. Must:
// the callee is known to wait, or to build what will wait.

// builders are functions that do not wait themselves but decide whether what
// they build can be cancelled.
var builders = map[symbol.Name]bool{
	{Pkg: "os/exec", Func: "Command"}:                                  true,
	{Pkg: "net/http", Func: "NewRequest"}:                              true,
	{Pkg: "github.com/hashicorp/go-retryablehttp", Func: "NewRequest"}: true,
}

// judgeSiblings judges ctx-sibling-ignored in one function.
func (j *judge) judgeSiblings(f *model.Func, ctx model.Ctx, hasCtx bool) {
	if !hasCtx || isWatched(f) {
		return
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt:
			return false
		case *ast.RangeStmt:
			return n == f.Syntax || !j.isLoopBody(f, n)
		case *ast.CallExpr:
			j.judgeSibling(f, ctx, n)
		}
		return true
	})
}

// isLoopBody reports whether the body of a range statement in f is a function
// of its own, which is judged by itself.
func (j *judge) isLoopBody(f *model.Func, n *ast.RangeStmt) bool {
	for _, lit := range f.Lits {
		if lit.Syntax == ast.Node(n) {
			return true
		}
	}
	return false
}

// judgeSibling judges one call.
func (j *judge) judgeSibling(f *model.Func, ctx model.Ctx, call *ast.CallExpr) {
	fn, _ := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if fn == nil {
		return
	}
	sibling := knowledge.Sibling(fn)
	advice := ""
	switch {
	case sibling != nil && f.Decl().Obj != sibling && j.isWorthContext(fn, call) && !j.mayPanic(sibling):
		advice = "call " + sibling.Name() + "(" + ctx.Expr() + ", …)"
	case sibling == nil && j.isPlainWait(fn, call) && j.isUsed(ctx):
		advice = adviceFor(fn)
	}
	if advice == "" || j.isExcused(f, call, fn, ctx) {
		return
	}
	isMinor := j.isLocalDial(call)
	j.deaf[ctx.Var] = j.deaf[ctx.Var] || !isMinor
	finding := report.Finding{
		Rule:    "ctx-sibling-ignored",
		Pos:     call.Pos(),
		End:     call.End(),
		Message: short(call.Fun) + " cannot be ended by " + ctx.Expr() + "; " + advice,
		Strict:  isMinor || j.IsTestCode(call.Pos()),
	}
	if sibling != nil {
		finding.Fix = j.siblingFix(call, ctx, sibling)
	}
	j.report.Add(finding)
}

// hasContextForm reports whether the function that w calls, or one that makes what
// it is called on, has a form that takes a context.
func (j *judge) hasContextForm(w *model.Op) bool {
	if knowledge.Sibling(w.Callee) != nil || adviceFor(w.Callee) != "" {
		return true
	}
	recv := w.Callee.Signature().Recv()
	return recv != nil && model.NamedOf(recv.Type()) != nil && model.NamedOf(recv.Type()).Obj().Name() == "Cmd"
}

// isUsed reports whether the function mentions its context at all; otherwise
// ctx-unused says more.
func (j *judge) isUsed(ctx model.Ctx) bool {
	return ctx.Kind != model.CtxParam || mentions(j.Pass.TypesInfo, ctx.Owner.Body, ctx.Var)
}

// isWorthContext reports whether fn waits, or builds something that will.
func (j *judge) isWorthContext(fn *types.Func, call *ast.CallExpr) bool {
	if builders[symbol.Of(fn)] {
		return true
	}
	w, ok := j.Facts.Call(call)
	return ok && (w.IsLong() || w.Tier == op.TierUnbounded && w.Kind.IsOutside() && w.Bound != op.Context)
}

// isPlainWait reports whether the call waits for the outside without bound. A
// method that runs what a builder made is the builder's to report.
func (j *judge) isPlainWait(fn *types.Func, call *ast.CallExpr) bool {
	name := symbol.Of(fn)
	if name.Recv == "Cmd" || name.Func == "Do" || name.Func == "RoundTrip" {
		return false
	}
	w, ok := j.Facts.Call(call)
	return ok && w.IsLong() && w.Kind.IsOutside()
}

// adviceFor returns what the tables advise instead of fn, if that takes a
// context; "" otherwise.
func adviceFor(fn *types.Func) string {
	row, ok := knowledge.Std().Lookup(fn)
	if !ok || !strings.HasPrefix(row.Advice, "use ") {
		return ""
	}
	for _, word := range []string{"Context", "Resolver", "BeginTx"} {
		if strings.Contains(row.Advice, word) {
			return row.Advice
		}
	}
	return ""
}

// isExcused reports whether the call may do without the context: it runs in a
// Stop case, only if there is no context, or builds something that is given the
// context later or that shall outlive it, or something else ends it in time.
func (j *judge) isExcused(f *model.Func, call *ast.CallExpr, fn *types.Func, ctx model.Ctx) bool {
	if builders[symbol.Of(fn)] && (j.isHandedOn(f, call) || j.isOnlyWritten(f, call)) {
		return true
	}
	return j.isBehindDone(f, call) || isNilGuarded(f, call.Pos(), ctx.Var) || j.isEndedBeside(f, call.Pos())
}

// isHandedOn reports whether what a builder made is given a context later in
// the function, goes on to a call that is given one, or is started or ended by hand.
func (j *judge) isHandedOn(f *model.Func, builder *ast.CallExpr) bool {
	made := j.assignedTo(f, builder)
	found := false
	ast.Inspect(f.Decl().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			switch n.Sel.Name {
			case "WithContext", "Clone":
				found = true
			case "Start", "Process":
				found = found || made == nil || mentions(j.Pass.TypesInfo, n.X, made)
			}
		case *ast.CallExpr:
			found = found || made != nil && (j.takesBoth(n, made) || j.takesCommand(n, made))
		}
		return !found
	})
	return found
}

// takesCommand reports whether a command goes on to a function that may start it
// to run on.
func (j *judge) takesCommand(call *ast.CallExpr, made *types.Var) bool {
	named := model.NamedOf(made.Type())
	if named == nil || named.Obj().Name() != "Cmd" {
		return false
	}
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return mentions(j.Pass.TypesInfo, arg, made) })
}

// takesBoth reports whether a call is given the variable and a context.
func (j *judge) takesBoth(call *ast.CallExpr, made *types.Var) bool {
	hasMade, hasCtx := false, false
	for _, arg := range call.Args {
		if _, isLit := ast.Unparen(arg).(*ast.FuncLit); isLit {
			continue // what happens in it is not handed on
		}
		hasMade = hasMade || mentions(j.Pass.TypesInfo, arg, made)
		hasCtx = hasCtx || model.IsContext(j.TypeOf(arg))
	}
	return hasMade && hasCtx
}

// assignedTo returns the variable that takes the call's first result, or nil.
func (j *judge) assignedTo(f *model.Func, call *ast.CallExpr) (v *types.Var) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok || len(as.Rhs) != 1 || ast.Unparen(as.Rhs[0]) != call {
			return v == nil
		}
		if id, ok := ast.Unparen(as.Lhs[0]).(*ast.Ident); ok {
			v, _ = j.Pass.TypesInfo.ObjectOf(id).(*types.Var)
		}
		return false
	})
	return v
}

// isWatched reports whether f is a goroutine whose spawner listens to a stop
// signal while it waits for f: what ends the wait is up to the spawner.
func isWatched(f *model.Func) bool {
	for _, s := range f.Started {
		for _, sel := range s.Func.Selects {
			if sel.HasCase(model.Stop) {
				return true
			}
		}
	}
	return false
}

// isBehindDone reports whether the call is only reached once the context, or a
// stop channel, has ended.
func (j *judge) isBehindDone(f *model.Func, call *ast.CallExpr) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if i, ok := instr.(ssa.CallInstruction); ok && j.CallSyntax(i) == call {
				return isAfterDone(f, i, call.Pos())
			}
		}
	}
	return false
}
