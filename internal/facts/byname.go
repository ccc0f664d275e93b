package facts

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file follows functions that a local variable names: a literal that is
// called by name runs in the function around it, and a method value is called
// where its variable is.
//
// Must: the variable is given one function, once. Knowingly missed: package-level
// variables, which tests like to replace.

// spelledOut returns a call of a local variable that holds a declared function
// or method as a call of that, and any other call as it is.
func (ix *Index) spelledOut(call *ast.CallExpr, sc *scope) *ast.CallExpr {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return call
	}
	v, ok := ix.info.Uses[id].(*types.Var)
	if !ok || len(sc.defs[v]) != 1 || sc.grows[v] {
		return call
	}
	src := ix.source(sc, id)
	if src == ast.Expr(id) || funcValue(ix.info, src) == nil {
		return call
	}
	spelled := *call
	spelled.Fun = src
	return &spelled
}

// Callee returns the function that a call runs: the one it names, or the one that
// its variable names.
func (ix *Index) Callee(call *ast.CallExpr) *types.Func {
	if c := ix.callOf(call, ix.scopeAt(call.Pos())); c != nil {
		return c.fn
	}
	return nil
}

// isCalledByName reports whether a literal is given to a variable that the
// function calls in its own goroutine. A function with such variables is looked
// through once.
func (w walker) isCalledByName(lit *ast.FuncLit) bool {
	if w.f.decl == nil {
		return false
	}
	if w.f.named == nil {
		w.f.named = map[*ast.FuncLit]bool{}
		s := &nameSearch{info: w.ix.info, given: map[types.Object][]ast.Expr{}, called: w.f.named}
		ast.Inspect(w.f.decl.Body, s.note)
		s.look(w.f.decl.Body)
	}
	return w.f.named[lit]
}

// nameSearch finds the literals that a function calls by name.
type nameSearch struct {
	info   *types.Info
	given  map[types.Object][]ast.Expr
	called map[*ast.FuncLit]bool
}

// note files what variables are given.
func (s *nameSearch) note(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			s.give(lhs, n.Rhs, i)
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) > 0 {
				s.give(name, n.Values, i)
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			s.give(n.X, nil, 0)
		}
	}
	return true
}

// give files the i-th value of a list; nil stands for one that is not a literal's.
func (s *nameSearch) give(to ast.Expr, values []ast.Expr, i int) {
	id, ok := to.(*ast.Ident)
	if !ok {
		return
	}
	var value ast.Expr
	if i < len(values) {
		value = ast.Unparen(values[i])
	}
	if obj := s.info.ObjectOf(id); obj != nil {
		s.given[obj] = append(s.given[obj], value)
	}
}

// look finds the calls by name in code that runs in the function's goroutine,
// and in the literals that are called.
func (s *nameSearch) look(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.GoStmt:
			for _, arg := range n.Call.Args {
				s.look(arg)
			}
			return false
		case *ast.CallExpr:
			s.call(n)
		}
		return true
	})
}

// call looks on in the literal that a call runs, at once or by name.
func (s *nameSearch) call(n *ast.CallExpr) {
	switch fun := ast.Unparen(n.Fun).(type) {
	case *ast.FuncLit:
		s.look(fun.Body)
	case *ast.Ident:
		given := s.given[s.info.Uses[fun]]
		if len(given) != 1 {
			return
		}
		if lit, ok := given[0].(*ast.FuncLit); ok && !s.called[lit] {
			s.called[lit] = true
			s.look(lit.Body)
		}
	}
}
