package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file decides whether a context in scope is one that the code at a place
// should listen to (may: it errs towards no).

// stopParamName matches parameters that tell a function to stop, rather than that
// something else has ended.
var stopParamName = pattern.New(`(?i)^(stop|stopped|stopping|quit|done|exit|cancel|shutdown|close|closed|closing|kill|abort|term|halt|die)(_?(c|ch|chan|channel|signal|sig))?$`)

// isGivenStop reports whether a parameter is a stop channel that somebody else
// closes: it is named for it, and f neither closes it nor sends on it.
func isGivenStop(f *model.Func, v *types.Var) bool {
	if !stopParamName.MatchString(v.Name()) {
		return false
	}
	own := false
	ast.Inspect(f.Decl().Syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			own = own || mentions(f.Pkg.Pass.TypesInfo, n.Chan, v)
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && id.Name == "close" && len(n.Args) == 1 {
				own = own || mentions(f.Pkg.Pass.TypesInfo, n.Args[0], v)
			}
		}
		return !own
	})
	return !own
}

// cleanupName matches functions whose job is to finish although the context has
// ended.
var cleanupName = pattern.New(`(?i)(clean|close|shutdown|stop|rollback|release|teardown|unlock|drain|flush|finish|finali[sz]e|abort|undo|restore|revert)`)

// isDetached reports whether f runs as clean-up, or was stated to be left
// alone: cancellation must not end it.
func isDetached(f *model.Func) bool {
	for g := f; g != nil; g = g.Parent {
		if g.Obj != nil && cleanupName.MatchString(g.Obj.Name()) {
			return true
		}
		if isDeferred(g) {
			return true
		}
	}
	return false
}

// isDeferred reports whether f is a literal that is only deferred.
func isDeferred(f *model.Func) bool {
	if f.Obj != nil || len(f.Callers) == 0 {
		return false
	}
	for _, c := range f.Callers {
		if !c.Deferred {
			return false
		}
	}
	return true
}

// isAfterDone reports whether pos is only reached once the context (or a stop
// channel) has ended: in a Stop case, or behind a bare receive from Done.
func isAfterDone(f *model.Func, at ssa.Instruction, pos token.Pos) bool {
	for _, s := range f.Selects {
		for _, k := range s.Cases {
			if k.Kind == model.Stop && k.Contains(pos) {
				return true
			}
		}
	}
	for _, o := range f.Ops {
		if o.Action == model.Recv && o.Select == nil && f.Pkg.ChanKind(o.Value, o.Expr()) == model.Stop && model.Before(o.Instr, at) {
			return true
		}
	}
	return false
}

// mentions reports whether n, or a literal in it, names v.
func mentions(info *types.Info, n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// usesAnyContext reports whether the body of f mentions a context at all.
func usesAnyContext(f *model.Func) bool {
	return anyVar(f.Pkg, f.Body, func(v *types.Var) bool { return model.IsContext(v.Type()) })
}

// usesEnd reports whether n mentions a context or a variable named for an end.
func usesEnd(p *model.Package, n ast.Node) bool {
	return anyVar(p, n, func(v *types.Var) bool { return model.IsContext(v.Type()) || model.IsStopName(v.Name()) })
}

// anyVar reports whether n uses a variable or field that fits.
func anyVar(p *model.Package, n ast.Node, fits func(*types.Var) bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := p.Pass.TypesInfo.Uses[id].(*types.Var); ok && fits(v) {
				found = true
			}
		}
		return !found
	})
	return found
}

// isPromised reports whether something that hears a context answers on c: all
// senders in view run in functions that use a context, so that cancellation
// arrives by way of the answer.
func isPromised(c *model.Chan) bool {
	if c == nil || !c.HasSends() {
		return false
	}
	for _, o := range c.Sends {
		if !usesAnyContext(o.Func) {
			return false
		}
	}
	for _, k := range c.Cases {
		if k.Dir == types.SendOnly && !k.Select.HasCase(model.Stop) && !usesAnyContext(k.Select.Func()) {
			return false
		}
	}
	return true
}

// isNilGuarded reports whether pos lies in code that only runs if ctx is nil.
func isNilGuarded(f *model.Func, pos token.Pos, ctx *types.Var) bool {
	guarded := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok || pos < branch.Pos() || branch.End() <= pos {
			return n == nil || !ok
		}
		if comparesNil(f.Pkg.Pass.TypesInfo, branch.Cond, ctx) {
			guarded = true
		}
		return true
	})
	return guarded
}

// comparesNil reports whether a condition compares v with nil.
func comparesNil(info *types.Info, cond ast.Expr, v *types.Var) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ {
			return true
		}
		for _, pair := range [][2]ast.Expr{{cmp.X, cmp.Y}, {cmp.Y, cmp.X}} {
			id, ok := ast.Unparen(pair[0]).(*ast.Ident)
			if ok && info.Uses[id] == v && info.Types[pair[1]].IsNil() {
				found = true
			}
		}
		return !found
	})
	return found
}
