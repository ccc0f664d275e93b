package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// A function literal sees the contexts of the function it is written in, but it
// need not live as long: it may be registered for events that come later, be
// what remains to do once all has failed, or run beside what is returned. This
// file says which contexts are those of a literal's own work.
//
// May: setters and clean-up are known by name and by where they are called.

// litUse is where a literal is written.
type litUse struct {
	call     *ast.CallExpr // it is an argument of this call, or nil
	deferred bool          // it is part of a defer statement
	name     string        // of the variable that it is assigned to, or ""
}

// useOf returns where a literal of the package is written.
func (j *judge) useOf(lit *ast.FuncLit) litUse {
	if j.lits == nil {
		j.lits = make(map[*ast.FuncLit]litUse)
		for _, file := range j.Pass.Files {
			ast.Inspect(file, j.readLit)
		}
	}
	return j.lits[lit]
}

// readLit notes the literals that one node uses.
func (j *judge) readLit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.DeferStmt:
		for lit := range litsIn(n.Call) {
			j.noteLit(lit, func(u *litUse) { u.deferred = true })
		}
	case *ast.CallExpr:
		for _, arg := range n.Args {
			if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok {
				j.noteLit(lit, func(u *litUse) { u.call = n })
			}
		}
	case *ast.AssignStmt:
		for i, rhs := range n.Rhs {
			id, isName := ast.Unparen(n.Lhs[min(i, len(n.Lhs)-1)]).(*ast.Ident)
			if lit, ok := ast.Unparen(rhs).(*ast.FuncLit); ok && isName {
				j.noteLit(lit, func(u *litUse) { u.name = id.Name })
			}
		}
	}
	return true
}

// noteLit changes what is known of a literal.
func (j *judge) noteLit(lit *ast.FuncLit, note func(*litUse)) {
	u := j.lits[lit]
	note(&u)
	j.lits[lit] = u
}

// litsIn yields the literals that are written in n, but not those inside them.
func litsIn(n ast.Node) func(func(*ast.FuncLit) bool) {
	return func(yield func(*ast.FuncLit) bool) {
		goOn := true
		ast.Inspect(n, func(n ast.Node) bool {
			lit, ok := n.(*ast.FuncLit)
			if ok && goOn {
				goOn = yield(lit)
			}
			return goOn && !ok
		})
	}
}

// scopeOf returns the context that f should listen to: a named parameter of f,
// or of a function it is nested in and works for. Without one a stop channel does
// as well.
func (j *judge) scopeOf(f *model.Func) (model.Ctx, bool) {
	if f.IsProcessLifetime() || isDetached(f) {
		return model.Ctx{}, false
	}
	if all := f.Contexts(); len(all) > 0 {
		i := slices.IndexFunc(all, func(c model.Ctx) bool { return j.worksFor(f, c.Owner) && !j.isReplaced(c) })
		return all[max(i, 0)], i >= 0
	}
	for _, v := range f.StopParams() {
		if isGivenStop(f, v.Var) {
			return model.Ctx{Kind: model.CtxStop, Var: v.Var, Owner: f}, true
		}
	}
	return model.Ctx{}, false
}

// worksFor reports whether f runs as part of a call of owner, which it is nested
// in: no literal between them is kept for later or left for when all has failed.
func (j *judge) worksFor(f, owner *model.Func) bool {
	for g := f; g != nil && g != owner; g = g.Parent {
		lit, ok := g.Syntax.(*ast.FuncLit)
		if !ok {
			continue
		}
		use := j.useOf(lit)
		if use.deferred || cleanupName.MatchString(use.name) || use.call != nil && j.isSetter(use.call) || j.isLastResort(g) {
			return false
		}
	}
	return true
}

var (
	// handlerName matches functions that keep a function to call it on events.
	handlerName = pattern.New(`^(Register|Handle|Subscribe|Observe|Add[A-Z]\w*(Handler|Hook|Listener|Callback|Observer|Func))`)
	// setterName matches methods that do so if they cannot fail.
	setterName = pattern.New(`^(On|Set)[A-Z]`)
)

// isSetter reports whether a call keeps a function that it is given.
func (j *judge) isSetter(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	return handlerName.MatchString(fn.Name()) || setterName.MatchString(fn.Name()) && !returnsError(fn)
}

// returnsError reports whether the last result of fn is an error.
func returnsError(fn *types.Func) bool {
	results := fn.Signature().Results()
	return results.Len() > 0 && isError(results.At(results.Len()-1).Type())
}

// isLastResort reports whether a literal is only called where something has
// failed and the function gives up.
func (j *judge) isLastResort(f *model.Func) bool {
	for _, c := range f.Callers {
		if c.Deferred {
			continue
		}
		if c.From.Reaches(c.Instr.Block(), c.Instr.Block()) || !isOnFailure(c.From, c.Instr.Block()) {
			return false
		}
	}
	return len(f.Callers) > 0 && !f.EscapesAsValue()
}

// isOnFailure reports whether a block is only reached where an error is not nil.
func isOnFailure(f *model.Func, b *ssa.BasicBlock) bool {
	for _, x := range f.SSA.Blocks {
		branch, ok := x.Instrs[len(x.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := branch.Cond.(*ssa.BinOp)
		if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL || !isError(cmp.X.Type()) {
			continue
		}
		failed := x.Succs[0]
		if cmp.Op == token.EQL {
			failed = x.Succs[1]
		}
		if len(failed.Preds) == 1 && (failed == b || failed.Dominates(b)) {
			return true
		}
	}
	return false
}

// isServed reports whether a send goes to a channel that was handed to a declared
// function which is kept as a value: a handler, whose caller out of view knows how
// to go on receiving.
func (j *judge) isServed(o *model.Op) bool {
	param, ok := j.PlaceOf(o.Value).Root.(*ssa.Parameter)
	decl := o.Func.Decl()
	return ok && !isReceiver(param) && decl.Obj != nil && j.usedAsValue()[decl.Obj]
}
