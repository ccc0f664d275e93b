package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"time"
)

// This file finds the most that a computed duration can be: min(d, max), a
// variable that an if clamps, a moment a constant after another, a variable that
// is only given limited values.
//
// May: a clamp counts wherever it stands in the function, and a package-level
// variable counts as what it starts with. A limit only ever makes a wait matter
// less.

// Limit returns the longest duration that e can be, if that is in view.
func (ix *Index) Limit(e ast.Expr) (limit time.Duration, ok bool) {
	n, ok := ix.limit(ix.scopeAt(e.Pos()), e)
	return time.Duration(n), ok
}

// limit returns the largest number that e can be.
func (ix *Index) limit(sc *scope, e ast.Expr) (n int64, ok bool) {
	s := &limitSearch{ix: ix, sc: sc}
	return s.limit(e)
}

// limitSearch follows one number through a function's variables.
type limitSearch struct {
	ix   *Index
	sc   *scope
	path []types.Object // variables being looked at
}

// limit looks at one expression.
func (s *limitSearch) limit(e ast.Expr) (n int64, ok bool) {
	if tv := s.ix.info.Types[e]; tv.Value != nil {
		return wholeAbove(tv.Value)
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return s.variable(objectOf(s.ix.info, e))
	case *ast.BinaryExpr:
		return s.binary(e)
	case *ast.CallExpr:
		return s.call(e)
	}
	return 0, false
}

// variable returns the limit of a variable: what an if clamps it to, or the most
// of what it is ever given.
func (s *limitSearch) variable(obj types.Object) (n int64, ok bool) {
	if obj == nil || slices.Contains(s.path, obj) || len(s.path) > maxDepth {
		return 0, false
	}
	s.path = append(s.path, obj)
	defer func() { s.path = s.path[:len(s.path)-1] }()
	if clamps := s.sc.clamps[obj]; len(clamps) > 0 {
		return s.most(clamps)
	}
	if bounds := s.sc.counts[obj]; len(bounds) > 0 {
		return s.most(bounds)
	}
	if s.sc.grows[obj] || isParam(s.sc, obj) {
		return 0, false
	}
	defs := s.sc.defs[obj]
	if list, known := s.ix.givenTo(obj); known {
		return s.most(list)
	}
	if init, isGlobal := s.ix.globals[obj]; isGlobal && len(defs) == 0 {
		defs = []ast.Expr{init}
	}
	return s.most(defs)
}

// most returns the largest limit of a list; one that is unknown spoils it.
func (s *limitSearch) most(list []ast.Expr) (n int64, ok bool) {
	for _, e := range list {
		if e == nil {
			return 0, false
		}
		limit, known := s.limit(e)
		if !known {
			return 0, false
		}
		n = max(n, limit)
	}
	return n, len(list) > 0
}

// binary knows sums, products with a constant, and what makes numbers smaller.
func (s *limitSearch) binary(e *ast.BinaryExpr) (n int64, ok bool) {
	x, ok := s.limit(e.X)
	if !ok || x < 0 {
		return 0, false
	}
	switch e.Op {
	case token.SUB, token.QUO, token.SHR, token.REM:
		return x, true
	case token.SHL:
		y, known := s.limit(e.Y)
		return x << max(min(y, 40), 0), known && y >= 0 && y <= 40 && x <= maxLimit>>y
	case token.ADD, token.MUL:
		y, known := s.limit(e.Y)
		if !known || y < 0 {
			return 0, false
		}
		if e.Op == token.ADD {
			return x + y, x <= maxLimit && y <= maxLimit
		}
		return x * y, y == 0 || x <= maxLimit/y
	}
	return 0, false
}

// maxLimit is far below where sums overflow, and more than any sleep.
const maxLimit = int64(1) << 60

// call knows conversions and the functions that limit.
func (s *limitSearch) call(e *ast.CallExpr) (n int64, ok bool) {
	if tv, known := s.ix.info.Types[ast.Unparen(e.Fun)]; known && tv.IsType() && len(e.Args) == 1 {
		return s.limit(e.Args[0])
	}
	if isBuiltinCall(s.ix.info, e) {
		return s.extreme(e)
	}
	fn := funcValue(s.ix.info, e.Fun)
	switch {
	case fn != nil && isFraction(fn):
		return 1, true
	case fn == nil || len(e.Args) != 1:
		return 0, false
	}
	switch name := fn.FullName(); {
	case name == "time.Until":
		return s.addedIn(e.Args[0])
	case isBelow(fn):
		return s.limit(e.Args[0])
	}
	return 0, false
}

// extreme returns the limit of min, the smallest among its arguments, or of max.
func (s *limitSearch) extreme(e *ast.CallExpr) (n int64, ok bool) {
	id, isIdent := ast.Unparen(e.Fun).(*ast.Ident)
	switch {
	case isIdent && id.Name == "max":
		return s.most(e.Args)
	case !isIdent || id.Name != "min":
		return 0, false
	}
	for _, arg := range e.Args {
		if limit, known := s.limit(arg); known && (!ok || limit < n) {
			n, ok = limit, true
		}
	}
	return n, ok
}

// addedIn returns what a moment lies after another: t.Add(d).
func (s *limitSearch) addedIn(e ast.Expr) (n int64, ok bool) {
	call, isCall := ast.Unparen(e).(*ast.CallExpr)
	if !isCall || len(call.Args) != 1 {
		return 0, false
	}
	if fn := funcValue(s.ix.info, call.Fun); fn == nil || fn.FullName() != "(time.Time).Add" {
		return 0, false
	}
	return s.limit(call.Args[0])
}

// grow notes an assignment that computes a variable's value from itself.
func (sc *scope) grow(info *types.Info, n *ast.AssignStmt) {
	if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
		sc.changes(info, n.Lhs[0])
	}
}

// changes notes a variable whose value is not only what it is given by name.
func (sc *scope) changes(info *types.Info, e ast.Expr) {
	if obj := objectOf(info, e); obj != nil {
		sc.grows[obj] = true
	}
}

// clamp notes an if that sets a variable to the limit which it is above.
func (sc *scope) clamp(info *types.Info, n *ast.IfStmt) {
	cmp, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr)
	if !ok {
		return
	}
	above, limit := cmp.X, cmp.Y
	switch cmp.Op {
	case token.LSS, token.LEQ:
		above, limit = cmp.Y, cmp.X
	case token.GTR, token.GEQ:
	default:
		return
	}
	obj := objectOf(info, above)
	if obj == nil {
		return
	}
	for _, stmt := range n.Body.List {
		as, ok := stmt.(*ast.AssignStmt)
		if ok && as.Tok == token.ASSIGN && len(as.Lhs) == 1 && len(as.Rhs) == 1 && objectOf(info, as.Lhs[0]) == obj && isSameLimit(info, as.Rhs[0], limit) {
			sc.clamps[obj] = append(sc.clamps[obj], as.Rhs[0])
		}
	}
}

// isSameLimit reports whether a value is the limit that a test compared with, or
// a constant like it.
func isSameLimit(info *types.Info, value, limit ast.Expr) bool {
	return info.Types[value].Value != nil && info.Types[limit].Value != nil || types.ExprString(value) == types.ExprString(limit)
}
