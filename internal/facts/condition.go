package facts

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/op"
)

// This file looks at the conditions of table rows, by syntax. A value whose
// making is out of view gives bound Unknown, which proves nothing.

// meet applies a row's condition to a call.
func (ix *Index) meet(cond knowledge.Condition, w Wait, call *ast.CallExpr, sc *scope) Wait {
	switch cond {
	case knowledge.IfRequestPlain:
		return ix.byRequest(w, call, sc)
	case knowledge.IfCommandPlain:
		return ix.byCommand(w, call, sc)
	case knowledge.IfChainPlain:
		return ix.byChain(w, call, sc)
	case knowledge.IfOutside:
		return ix.byOperands(w, call, sc)
	case knowledge.IfArgPlain:
		return ix.byArguments(w, call, sc)
	case knowledge.IfClientPlain:
		return ix.byClient(w, call, sc)
	case knowledge.IfLimited:
		return ix.byLimit(w, call, sc)
	}
	return w
}

// receiver returns the x of a call x.f(…), nil if there is none.
func receiver(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// recvType returns the type of a call's receiver, nil if there is none.
func recvType(info *types.Info, call *ast.CallExpr) types.Type {
	if recv := receiver(call); recv != nil {
		return info.TypeOf(recv)
	}
	return nil
}

// byRequest: a request made with a context ends by it; a plain one only by its
// client's timeout.
func (ix *Index) byRequest(w Wait, call *ast.CallExpr, sc *scope) Wait {
	for _, arg := range call.Args {
		src, ok := ix.source(sc, arg).(*ast.CallExpr)
		if !ok {
			continue
		}
		if o, ok := ix.ctxGiven(src, sc); ok {
			if w = ix.endByCtx(w, o); w.Bound == op.Unbounded { // Background: the client may still have a timeout
				w = ix.byClient(w, call, sc)
			}
			return w
		}
		if fn := funcValue(ix.info, src.Fun); fn != nil && fn.Name() == "NewRequest" {
			return ix.byClient(w, call, sc)
		}
	}
	w.Bound = op.Unknown
	return w
}

// ctxGiven returns the origin of the context that a call is given.
func (ix *Index) ctxGiven(call *ast.CallExpr, sc *scope) (o origin, ok bool) {
	for _, arg := range call.Args {
		if isContext(ix.info.TypeOf(arg)) {
			return ix.ctxOrigin(sc, arg), true
		}
	}
	return origin{}, false
}

// byCommand: exec.CommandContext kills the process when its context ends.
func (ix *Index) byCommand(w Wait, call *ast.CallExpr, sc *scope) Wait {
	recv := receiver(call)
	if recv == nil {
		w.Bound = op.Unknown
		return w
	}
	src, ok := ix.source(sc, recv).(*ast.CallExpr)
	if !ok {
		w.Bound = op.Unknown
		return w
	}
	if o, ok := ix.ctxGiven(src, sc); ok {
		return ix.endByCtx(w, o)
	}
	if fn := funcValue(ix.info, src.Fun); fn == nil || nameOf(fn).String() != "os/exec.Command" {
		w.Bound = op.Unknown
	}
	return w
}

// byChain: db.WithContext(ctx).Find(…), with the chain's head in a variable or
// not. A chain that starts at a parameter may have its context already.
func (ix *Index) byChain(w Wait, call *ast.CallExpr, sc *scope) Wait {
	e := receiver(call)
	for range 4 * maxDepth {
		if e == nil {
			return w
		}
		switch n := ix.source(sc, e).(type) {
		case *ast.CallExpr:
			if o, ok := ix.ctxGiven(n, sc); ok {
				return ix.endByCtx(w, o)
			}
			e = receiver(n)
		case *ast.Ident:
			if ix.info.Uses[n] != nil && ix.info.Uses[n].Parent() != ix.pkg.Scope() && !ix.isPkgName(n) {
				w.Bound = op.Unknown
			}
			return w
		default:
			return w
		}
	}
	return w
}

// isPkgName reports whether id names an imported package.
func (ix *Index) isPkgName(id *ast.Ident) bool {
	_, ok := ix.info.Uses[id].(*types.PkgName)
	return ok
}

// byArguments: an argument such as retry.Context(ctx) bounds the call.
func (ix *Index) byArguments(w Wait, call *ast.CallExpr, sc *scope) Wait {
	for _, arg := range call.Args {
		switch src := ix.source(sc, arg).(type) {
		case *ast.CallExpr:
			if o, ok := ix.ctxInChain(src, sc); ok {
				return ix.endByCtx(w, o)
			}
		case *ast.Ident:
			if _, isVar := ix.info.Uses[src].(*types.Var); isVar && !isBasic(ix.info.TypeOf(arg)) {
				w.Bound = op.Unknown
			}
		}
	}
	if call.Ellipsis.IsValid() {
		w.Bound = op.Unknown
	}
	return w
}

// ctxInChain looks for a context along (&Options{}).WithContext(ctx).
func (ix *Index) ctxInChain(call *ast.CallExpr, sc *scope) (o origin, ok bool) {
	for range 4 * maxDepth {
		if o, ok := ix.ctxGiven(call, sc); ok {
			return o, true
		}
		recv := receiver(call)
		if recv == nil {
			return origin{}, false
		}
		if call, ok = ix.source(sc, recv).(*ast.CallExpr); !ok {
			return origin{}, false
		}
	}
	return origin{}, false
}

// isBasic reports whether t is a number, string or bool: such an argument hides
// no context.
func isBasic(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// byLimit: a group only waits before it starts a goroutine if it has a limit.
func (ix *Index) byLimit(w Wait, call *ast.CallExpr, sc *scope) Wait {
	recv := receiver(call)
	if obj := objectOf(ix.info, recv); obj != nil && ix.limited[obj] {
		return w
	}
	if src, ok := ix.source(sc, recv).(*ast.CallExpr); ok && ix.isLimitCall(src) {
		return w
	}
	return Wait{}
}

// limiters are the methods that give a group or pool a limit.
var limiters = []string{"SetLimit", "WithMaxGoroutines"}

// readLimit notes a limit that is set on a group or pool.
func (ix *Index) readLimit(call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !slices.Contains(limiters, sel.Sel.Name) {
		return
	}
	if obj := objectOf(ix.info, sel.X); obj != nil {
		ix.limited[obj] = true
	}
}

// isLimitCall reports whether a limit is set somewhere along a chain of calls.
func (ix *Index) isLimitCall(call *ast.CallExpr) bool {
	for range 4 * maxDepth {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return false
		}
		if slices.Contains(limiters, sel.Sel.Name) {
			return true
		}
		if call, ok = ast.Unparen(sel.X).(*ast.CallExpr); !ok {
			return false
		}
	}
	return false
}
