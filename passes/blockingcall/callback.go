package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/facts"
	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Some libraries call back on their only goroutine. This file finds such
// callbacks, methods of implementations, arguments and fields, and reports the
// long waits inside. Must: the contract is in the table, the wait has no bound
// in view. Channel sends count only if the channel provably has no buffer.

// nameOf is symbol.Of.
func nameOf(fn *types.Func) symbol.Name { return symbol.Of(fn) }

// judgeCallbacks judges callback-blocks.
func (j *judge) judgeCallbacks() {
	if len(j.Funcs) == 0 {
		return
	}
	in := knowledge.ImplementedIn(j.Pass.Pkg)
	for _, f := range j.Funcs {
		if f.Obj == nil {
			continue
		}
		if c, ok := in.Method(f.Obj); ok {
			j.judgeCallback(f, c)
		}
	}
	for _, file := range j.Pass.Files {
		ast.Inspect(file, j.visitCallbacks)
	}
}

// visitCallbacks looks for functions handed over or stored under a contract.
func (j *judge) visitCallbacks(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(j.Pass.TypesInfo, n).(*types.Func)
		if fn == nil {
			return true
		}
		for i, arg := range n.Args {
			if !j.isFunc(arg) {
				continue
			}
			if c, ok := knowledge.ParamContract(fn, i); ok {
				j.judgeValue(arg, c)
			}
		}
	case *ast.CompositeLit:
		owner := typeNameOf(j.TypeOf(n))
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				j.judgeField(owner, kv.Key, kv.Value)
			}
		}
	case *ast.AssignStmt:
		j.visitAssign(n)
	}
	return true
}

// visitAssign looks at "x.Field = f".
func (j *judge) visitAssign(n *ast.AssignStmt) {
	if len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, lhs := range n.Lhs {
		if sel, ok := lhs.(*ast.SelectorExpr); ok {
			j.judgeField(typeNameOf(j.TypeOf(sel.X)), sel.Sel, n.Rhs[i])
		}
	}
}

// judgeField judges what is stored in a field of owner.
func (j *judge) judgeField(owner *types.TypeName, key, value ast.Expr) {
	if id, ok := key.(*ast.Ident); ok && j.isFunc(value) {
		if c, ok := knowledge.FieldContract(owner, id.Name); ok {
			j.judgeValue(value, c)
		}
	}
}

// isFunc reports whether an expression is a function value.
func (j *judge) isFunc(e ast.Expr) bool {
	t := j.TypeOf(e)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// typeNameOf returns the name of the type behind at most one pointer, or nil.
func typeNameOf(t types.Type) *types.TypeName {
	if t == nil {
		return nil
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj()
	}
	return nil
}

// judgeValue judges the function that an expression names or is.
func (j *judge) judgeValue(e ast.Expr, c *knowledge.Contract) {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 1 && j.Pass.TypesInfo.Types[call.Fun].IsType() {
		e = ast.Unparen(call.Args[0]) // a conversion to the library's function type
	}
	switch e := e.(type) {
	case *ast.FuncLit:
		if f := j.FuncAt(e.Body.Lbrace); f != nil && f.Syntax == ast.Node(e) {
			j.judgeCallback(f, c)
		}
	case *ast.Ident:
		if fn, ok := j.Pass.TypesInfo.Uses[e].(*types.Func); ok {
			j.judgeNamed(fn, c)
		}
	case *ast.SelectorExpr:
		if fn, ok := j.Pass.TypesInfo.Uses[e.Sel].(*types.Func); ok {
			j.judgeNamed(fn, c)
		}
	}
}

// judgeNamed judges a declared function that is handed over or stored.
func (j *judge) judgeNamed(fn *types.Func, c *knowledge.Contract) {
	if f := j.funcOf(fn); f != nil {
		j.judgeCallback(f, c)
	}
}

// judgeCallback reports the worst wait of a function under a contract.
func (j *judge) judgeCallback(f *model.Func, c *knowledge.Contract) {
	if j.isLifted(c) || j.Facts.Promise(f.Obj) == facts.PromiseNonBlocking {
		return
	}
	var worst *model.Op
	var wait facts.Wait
	var most grade
	for _, m := range callbackMoments(f) {
		w, g := j.worst(m)
		if g <= slow && j.isStuck(m) {
			w, g = m.Wait, long
		}
		if g > slow && g > most {
			worst, wait, most = m, w, g
		}
	}
	if worst != nil {
		j.addCallback(f, c, worst, wait)
	}
}

// callbackMoments lists what a callback does in its own goroutine.
func callbackMoments(f *model.Func) (ops []*model.Op) {
	momentsOf(f, everywhere, 3, func(o *model.Op, _ *ssa.BasicBlock, _ token.Pos) {
		if o.Action == model.CallWait || o.Action == model.GroupWait || o.Action == model.Send || o.Action == model.Recv {
			ops = append(ops, o)
		}
	})
	return ops
}

// isStuck reports whether a bare send on a channel without buffer, or a bare
// receive of work, waits for another goroutine.
func (j *judge) isStuck(o *model.Op) bool {
	switch {
	case o.Select != nil || !o.Wait.Waits() || isStateCell(o):
		return false
	case o.Action == model.Send:
		return o.Chan.IsUnbuffered()
	}
	return o.Action == model.Recv && j.ChanKind(o.Value, o.Expr()) == model.Work
}

// isLifted reports whether the package calls what lifts a contract.
func (j *judge) isLifted(c *knowledge.Contract) bool {
	if c.LiftedBy.IsZero() {
		return false
	}
	for _, obj := range j.Pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && nameOf(fn) == c.LiftedBy {
			return true
		}
	}
	return false
}

// addCallback reports one callback.
func (j *judge) addCallback(f *model.Func, c *knowledge.Contract, o *model.Op, w facts.Wait) {
	what := j.what(o, w)
	who := c.Name.Short()
	j.report.Add(report.Finding{
		Rule: "callback-blocks",
		Pos:  o.Pos,
		Message: fit("callback-blocks",
			what+" "+howLong(w)+" in "+who+" and stalls "+c.Victim+"; hand it to a goroutine",
			what+" "+howLong(w)+" in "+who+" and stalls "+c.Victim+"; use a goroutine",
			j.brief(o, w)+" "+howLong(w)+" and stalls "+c.Victim+"; hand it to a goroutine",
			j.brief(o, w)+" "+howLong(w)+" in a callback that must not; hand it to a goroutine"),
		Related: append(j.explain(w), report.Step(f.Syntax.Pos(), "%s: %s", c.Name.Short(), c.Note)),
		Strict:  j.IsTestCode(o.Pos),
	})
}
