package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file recognises inputs of loops that look like a caller's but are as long
// as something that the program knows: the machines of a cluster, what it has
// registered itself, a few kinds. It leans towards yes, which silences.

// siteName matches names of the parts of an installation: whoever runs it decided
// how many there are.
var siteName = pattern.New(`(?i)(broker|peer|replica|member|region|resolver|partition|upstream|backend|cluster|nameserver|listener|follower|voter|shard|plugin|(^|[a-z_])(node|zone|disk|drive|port)(s|IDs?)?$)`)

// isOfSite reports whether a collection holds parts of an installation, by its
// name or that of its elements' type.
func isOfSite(v *types.Var) bool {
	if siteName.MatchString(v.Name()) {
		return true
	}
	t := v.Type()
	switch u := t.Underlying().(type) {
	case *types.Slice:
		t = u.Elem()
	case *types.Map:
		t = u.Elem()
	}
	named := model.NamedOf(t)
	return named != nil && siteName.MatchString(named.Obj().Name())
}

// holdsSites reports whether the elements of a collection are collections of such
// parts, by the names of the variables that range over it.
func (j *judge) holdsSites(v *types.Var) bool {
	for elem, wholes := range j.vars.elems {
		for _, whole := range wholes {
			if siteName.MatchString(elem.Name()) && isCollection(elem.Type()) && j.vars.varOf(whole) == v {
				return true
			}
		}
	}
	return false
}

// isTable reports whether a collection maps keys to objects: what the program
// keeps anyway, rather than a list of what to do.
func isTable(t types.Type) bool {
	m, ok := t.Underlying().(*types.Map)
	if !ok {
		return false
	}
	_, ok = m.Elem().Underlying().(*types.Pointer)
	return ok
}

// isClamped reports whether somebody chose an end for what v holds.
func (j *judge) isClamped(v *types.Var) bool {
	return slices.ContainsFunc(j.vars.values[v], func(e ast.Expr) bool {
		s, ok := ast.Unparen(e).(*ast.SliceExpr)
		return ok && s.High != nil && j.vars.varOf(s.X) == v
	})
}

// isOfLibrary reports whether a call is of the standard library: what it lists is
// on a disk, or in its text. What a function of the program makes of a name, the
// program knows.
func (j *judge) isOfLibrary(call *ast.CallExpr) bool {
	fn, ok := j.calleeOf(call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	if m := j.Pass.Module; fn.Pkg() == j.Pass.Pkg || m != nil && m.Path != "" && strings.HasPrefix(path, m.Path) {
		return false
	}
	host, _, _ := strings.Cut(path, "/")
	return !strings.Contains(host, ".")
}

// isText reports whether t is a string.
func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// calleeOf returns what a call names.
func (j *judge) calleeOf(call *ast.CallExpr) types.Object {
	switch e := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return j.Pass.TypesInfo.Uses[e]
	case *ast.SelectorExpr:
		return j.Pass.TypesInfo.Uses[e.Sel]
	}
	return nil
}

// isOfFewKinds reports whether the start stands in a case of a switch that only
// lets constants through: there are no more kinds than that.
func (j *judge) isOfFewKinds(at *site) (found bool) {
	ast.Inspect(at.loops[0].Body, func(n ast.Node) bool {
		k, ok := n.(*ast.CaseClause)
		if ok && k.Pos() < at.Pos && at.Pos < k.End() && len(k.List) > 0 {
			found = found || !slices.ContainsFunc(k.List, func(e ast.Expr) bool { return !j.isConst(e) || j.isBool(e) })
		}
		return !found
	})
	return found
}

// isBool reports whether e is a truth, as the cases of a switch without a tag are.
func (j *judge) isBool(e ast.Expr) bool {
	b, ok := j.TypeOf(e).Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// isRegistered reports whether the goroutine works on what its function took out
// of a map just now: the program had put it there.
func (j *judge) isRegistered(at *site) bool {
	if at.Call == nil {
		return false
	}
	f := j.FuncAt(at.Call.Pos())
	if f == nil {
		return false
	}
	taken := make(map[*types.Var]bool) // maps that f deletes from
	for _, call := range callsIn(f.Body) {
		if calleeName(call) == "delete" && len(call.Args) == 2 {
			taken[j.vars.varOf(call.Args[0])] = true
		}
	}
	if len(taken) == 0 {
		return false
	}
	root, ok := rootOf(at.Call.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	v := j.vars.varOf(root)
	return v != nil && slices.ContainsFunc(j.vars.values[v], func(e ast.Expr) bool {
		at, ok := ast.Unparen(e).(*ast.IndexExpr)
		m := (*types.Var)(nil)
		if ok {
			m = j.vars.varOf(at.X)
		}
		return m != nil && taken[m]
	})
}

// servingName matches functions that go on for as long as there is something to
// serve or to watch.
var servingName = pattern.New(`^(?i)(serve|listen|watch|monitor|keepalive|heartbeat|supervise)`)

// isServing reports whether the goroutine's function is named for serving or
// watching.
func (at *site) isServing() bool {
	switch {
	case at.Body != nil && at.Body.Obj != nil:
		return servingName.MatchString(at.Body.Obj.Name())
	case at.Callee != nil:
		return servingName.MatchString(at.Callee.Name())
	}
	return false
}

// endsOnlyByOrder reports whether a loop without condition is left by nothing but
// stop cases of a select, and tests of a context or of something closed.
func endsOnlyByOrder(l *model.Loop) bool {
	return l.Kind == model.Endless && !leavesUnasked(l.Func, l.Body)
}

// leavesUnasked reports whether a statement of f leaves it, or a loop, without an
// order to stop.
func leavesUnasked(f *model.Func, n ast.Node) (found bool) {
	ast.Inspect(n, func(m ast.Node) bool {
		switch s := m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			if asksForEnd(s.Cond) {
				found = found || s.Else != nil && leavesUnasked(f, s.Else)
				return false
			}
		case *ast.ReturnStmt:
			found = found || !isInStopCase(f, s)
		case *ast.BranchStmt:
			found = found || s.Tok != token.CONTINUE && !isInStopCase(f, s)
		}
		return !found
	})
	return found
}

// isInStopCase reports whether a statement stands in a case of a select by which
// somebody stops f.
func isInStopCase(f *model.Func, stmt ast.Node) bool {
	return slices.ContainsFunc(f.Selects, func(s *model.Select) bool {
		return slices.ContainsFunc(s.Cases, func(k *model.Case) bool { return k.Kind == model.Stop && k.Contains(stmt.Pos()) })
	})
}

// endName matches names by which a condition asks whether things have ended.
var endName = pattern.New(`^(?i)(err|done|closed|isClosed|isStopped|stopped|errClosed|errServerClosed|isDone)$`)

// asksForEnd reports whether a condition asks a context, or whether something is
// closed.
func asksForEnd(cond ast.Expr) (found bool) {
	ast.Inspect(cond, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || endName.MatchString(calleeName(call))
		}
		return !found
	})
	return found
}
