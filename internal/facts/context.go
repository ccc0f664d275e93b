package facts

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// This file says what ends a context, by the constructors it went through.

// origin says what ends a context.
type origin struct {
	kind  originKind
	param int // for fromParam
}

// originKind names what ends a context.
type originKind uint8

const (
	fromElsewhere  originKind = iota // something we do not see, or several things
	fromParam                        // the caller's context
	fromBackground                   // nothing
	fromTimeout                      // time
	fromItself                       // a variable while it is looked at: adds nothing
)

// ctxSearch follows one context through a function's variables.
type ctxSearch struct {
	ix   *Index
	sc   *scope
	path []types.Object // variables being looked at or done with
}

// ctxOrigin says what ends the context e.
func (ix *Index) ctxOrigin(sc *scope, e ast.Expr) origin {
	s := &ctxSearch{ix: ix, sc: sc}
	if o := s.origin(e); o.kind != fromItself {
		return o
	}
	return origin{}
}

// origin looks at one expression.
func (s *ctxSearch) origin(e ast.Expr) origin {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return s.variable(s.ix.info.ObjectOf(e))
	case *ast.CallExpr:
		return s.call(e)
	}
	return origin{}
}

// variable joins the origins of everything a variable is given. A parameter
// that is given a timeout counts as having one: that is the idiom for defaults.
func (s *ctxSearch) variable(obj types.Object) origin {
	if slices.Contains(s.path, obj) {
		return origin{kind: fromItself}
	}
	s.path = append(s.path, obj)
	found := origin{kind: fromItself}
	defs := s.sc.defs[obj]
	if init, ok := s.ix.globals[obj]; ok && len(defs) == 0 {
		defs = []ast.Expr{init}
	}
	for _, d := range defs {
		found = found.join(s.origin(d))
	}
	v, ok := obj.(*types.Var)
	if i := slices.Index(s.sc.params, v); ok && i >= 0 && found.kind != fromTimeout {
		found = found.join(origin{fromParam, i})
	}
	if len(defs) == 0 && found.kind == fromItself {
		return origin{}
	}
	return found
}

// join meets two origins of one variable.
func (o origin) join(p origin) origin {
	switch {
	case o.kind == fromItself || o == p:
		return p
	case p.kind == fromItself:
		return o
	}
	return origin{}
}

// call knows package context's constructors.
func (s *ctxSearch) call(call *ast.CallExpr) origin {
	fn := funcValue(s.ix.info, call.Fun)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "context" {
		return origin{}
	}
	switch name := fn.Name(); {
	case name == "Background" || name == "TODO" || name == "WithoutCancel":
		return origin{kind: fromBackground}
	case strings.HasPrefix(name, "WithTimeout") || strings.HasPrefix(name, "WithDeadline"):
		return origin{kind: fromTimeout}
	case name == "WithValue" && len(call.Args) > 0:
		return s.origin(call.Args[0])
	case strings.HasPrefix(name, "WithCancel") && len(call.Args) > 0:
		if o := s.origin(call.Args[0]); o.kind == fromTimeout {
			return o
		}
	}
	return origin{}
}
