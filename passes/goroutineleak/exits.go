package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file finds what could end a wait that nothing ends, among what the code there
// can name. May: a context that is found may never end, which is no worse than now.

// exit is an expression that ends a wait, as code at the wait writes it.
type exit struct {
	done string // the channel: "ctx.Done()", "s.quit"
	ctx  string // the context if it is one's: "ctx"
}

// exitOfStuck finds what ends the wait of a proof: that by which the other side has
// left, a channel that the other side closes when it leaves, or a context.
func (j *judge) exitOfStuck(o *model.Op, st *verify.Stuck) exit {
	left, a := st.Root, st.Abandon
	if a == nil {
		a = st.Leaving
	}
	if a != nil && a.Func != nil {
		left = a.Func
		if e := j.exitByCase(o, a.Case); e.done != "" {
			return e
		}
	}
	if e := j.exitByClose(o, left); e.done != "" {
		return e
	}
	return j.exitByContext(o)
}

// exitByCase returns the stop case of the other side's select as o can write it.
func (j *judge) exitByCase(o *model.Op, k *model.Case) exit {
	if k == nil || k.Dir != types.RecvOnly || k.Kind != model.Stop || k.Chan != nil && k.Chan == o.Chan {
		return exit{}
	}
	var beside ast.Expr
	for _, other := range k.Select.Cases {
		if other.Dir == types.RecvOnly && other.Chan != nil && other.Chan == o.Chan {
			beside = other.Expr()
		}
	}
	return exitOf(k.Expr(), j.naming(o, beside))
}

// exitByClose returns a channel that a function is sure to close when it leaves.
func (j *judge) exitByClose(o *model.Op, f *model.Func) exit {
	for _, p := range f.Ops {
		if f == o.Func {
			break // it does not come to its end
		}
		if p.Action != model.Close || !p.Deferred || p.Expr() == nil || p.Chan == nil || p.Chan == o.Chan || p.Chan.HasSends() {
			continue
		}
		if e := exitOf(p.Expr(), j.naming(o, nil)); e.done != "" {
			return e
		}
	}
	return exit{}
}

// exitByContext returns the innermost context that can end and that o can name.
func (j *judge) exitByContext(o *model.Op) exit {
	if e := j.exitByVar(o); e.done != "" {
		return e
	}
	for _, c := range o.Func.Contexts() {
		if c.Kind != model.CtxStop && j.isNamedAt(c.Var, o.Pos) && c.Done() != o.Name() {
			return exit{c.Done(), c.Expr()}
		}
	}
	return exit{}
}

// exitByVar returns a local context that was made with its cancel: by a function
// around that of o, or with a time at which it ends.
func (j *judge) exitByVar(o *model.Op) (e exit) {
	ast.Inspect(o.Func.Decl().Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || assign.Tok != token.DEFINE || len(assign.Lhs) != 2 || len(assign.Rhs) != 1 || assign.End() > o.Pos {
			return true
		}
		if o.Func.Body.Pos() < assign.Pos() && !endsInTime(assign.Rhs[0]) {
			return true // its cancel comes behind the wait
		}
		for _, lhs := range assign.Lhs {
			id, ok := lhs.(*ast.Ident)
			if v, isVar := j.Pass.TypesInfo.ObjectOf(id).(*types.Var); ok && isVar && j.isExit(v, o) {
				e = exit{v.Name() + ".Done()", v.Name()}
			}
		}
		return true
	})
	return e
}

// isExit reports whether a variable is a context that o can name and does not wait
// for already.
func (j *judge) isExit(v *types.Var, o *model.Op) bool {
	return model.IsContext(v.Type()) && j.isNamedAt(v, o.Pos) && v.Name()+".Done()" != o.Name()
}

// endsInTime reports whether an expression makes a context with a deadline.
func endsInTime(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "WithTimeout" || sel.Sel.Name == "WithDeadline")
}
