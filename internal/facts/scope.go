package facts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"time"
)

// This file answers where a value comes from, within one declared function:
// flow-insensitively, by the expressions a variable is ever given. A variable
// with several is known only if all agree.

// maxDepth bounds how far values are followed through variables and calls.
const maxDepth = 5

// scope holds what one declared function, literals included, gives its
// variables.
type scope struct {
	params []*types.Var
	defs   map[types.Object][]ast.Expr
	clamps map[types.Object][]ast.Expr // limits that an if sets: "if d > max { d = max }"
	grows  map[types.Object]bool       // variables changed by +=, ++ and the like, or through their address
	counts map[types.Object][]ast.Expr // bounds of the loops that count in a variable
	sends  map[types.Object]sendCount
	timed  map[types.Object]bool // clients and connections given a timeout or deadline
	writes map[types.Object]bool // connections given a deadline for writing only
}

// sendCount says how often a channel may be sent on, as the text shows it.
type sendCount struct {
	once   int  // places outside loops
	inLoop bool // some place is in a loop
}

// newScope returns a scope in which nothing was seen yet.
func newScope() *scope {
	return &scope{
		defs: map[types.Object][]ast.Expr{}, clamps: map[types.Object][]ast.Expr{}, grows: map[types.Object]bool{},
		counts: map[types.Object][]ast.Expr{}, sends: map[types.Object]sendCount{}, timed: map[types.Object]bool{},
		writes: map[types.Object]bool{},
	}
}

// scopeAt returns the scope of the declaration around pos; outside of those that
// were read it is empty.
func (ix *Index) scopeAt(pos token.Pos) *scope {
	if f := ix.functionAt(pos); f != nil {
		return f.scope
	}
	return newScope()
}

// functionAt returns the declaration around pos.
func (ix *Index) functionAt(pos token.Pos) *function {
	i, _ := slices.BinarySearchFunc(ix.byPos, pos, func(f *function, pos token.Pos) int {
		return int(f.span.End() - pos)
	})
	if i < len(ix.byPos) && ix.byPos[i].span.Pos() <= pos {
		return ix.byPos[i]
	}
	return nil
}

// define notes an assignment or definition. Of a call with several results only
// the first is followed.
func (s *scope) define(info *types.Info, lhs, rhs []ast.Expr) {
	for i, l := range lhs {
		id, ok := l.(*ast.Ident)
		if !ok || id.Name == "_" || len(rhs) == 0 {
			continue
		}
		var value ast.Expr // nil: a further result of a call
		if i < len(rhs) {
			value = rhs[i]
		}
		if obj := info.ObjectOf(id); obj != nil {
			s.defs[obj] = append(s.defs[obj], value)
		}
	}
}

// countSend notes that ch may be sent on at one place.
func (s *scope) countSend(info *types.Info, ch ast.Expr, inLoop bool) {
	id, ok := ast.Unparen(ch).(*ast.Ident)
	if !ok {
		return
	}
	if obj := info.Uses[id]; obj != nil {
		n := s.sends[obj]
		if inLoop {
			n.inLoop = true
		} else {
			n.once++
		}
		s.sends[obj] = n
	}
}

// source follows an identifier to the one expression it was given.
func (ix *Index) source(sc *scope, e ast.Expr) ast.Expr {
	for range maxDepth {
		e = ast.Unparen(e)
		id, ok := e.(*ast.Ident)
		if !ok {
			return e
		}
		obj := ix.info.ObjectOf(id)
		defs := sc.defs[obj]
		if init, ok := ix.globals[obj]; ok && len(defs) == 0 && obj != nil {
			defs = []ast.Expr{init}
		}
		if len(defs) != 1 || defs[0] == nil || isParam(sc, obj) {
			return e
		}
		e = defs[0]
	}
	return e
}

// isParam reports whether obj is a parameter of the declared function.
func isParam(sc *scope, obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && slices.Contains(sc.params, v)
}

// readGlobals notes the initialisers of package-level variables. Their code runs
// in nobody's goroutine, but what it does to channels counts.
func (ix *Index) readGlobals(decl *ast.GenDecl) {
	f := &function{span: decl, scope: newScope()}
	ix.byPos = append(ix.byPos, f)
	walker{ix: ix, f: f}.walk(decl)
	for obj, defs := range f.scope.defs {
		if len(defs) == 1 && obj.Parent() == ix.pkg.Scope() {
			ix.globals[obj] = defs[0]
		}
	}
}

// duration returns the constant value of a time.Duration expression.
func duration(info *types.Info, e ast.Expr) (d time.Duration, ok bool) {
	tv := info.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(tv.Value)
	return time.Duration(n), exact
}

// objectOf returns the variable or field that e names.
func objectOf(info *types.Info, e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return info.ObjectOf(e)
	case *ast.SelectorExpr:
		return info.Uses[e.Sel]
	}
	return nil
}

// identExprs gives a definition's names the type of an assignment's left side.
func identExprs(names []*ast.Ident) []ast.Expr {
	list := make([]ast.Expr, len(names))
	for i, n := range names {
		list[i] = n
	}
	return list
}
