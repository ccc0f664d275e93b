package facts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
)

// This file says what numbers can be: the variables that loops count in, and the
// package-level variables and unexported fields of this package.
//
// Must, for variables and fields: each place in the package that gives them a
// value is known, and one value that is not spoils the rest. May, for loops: a
// body that changes the counter is not looked at.

// given is what a package gives a variable or field.
type given struct {
	values []ast.Expr
	isOpen bool // some value is not known
}

// store notes that a number in a variable or field of the package gets a value;
// nil stands for one that is not known.
func (ix *Index) store(to, value ast.Expr) {
	v, ok := objectOf(ix.info, to).(*types.Var)
	if ok && ix.isOwnNumber(v) {
		ix.give(v, value)
	}
}

// give notes one value of a variable.
func (ix *Index) give(v *types.Var, value ast.Expr) {
	g := ix.stores[v.Origin()]
	if g == nil {
		g = new(given)
		ix.stores[v.Origin()] = g
	}
	if value == nil {
		g.isOpen = true
		return
	}
	g.values = append(g.values, value)
}

// isOwnNumber reports whether v is a number that only this package can change
// and more than one function can: an unexported field or package-level variable.
func (ix *Index) isOwnNumber(v *types.Var) bool {
	if v.Pkg() != ix.pkg || v.Exported() || !v.IsField() && v.Parent() != ix.pkg.Scope() {
		return false
	}
	basic, ok := v.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// storeAll notes what an assignment gives to numbers.
func (ix *Index) storeAll(n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		var value ast.Expr
		if len(n.Lhs) == len(n.Rhs) && (n.Tok == token.ASSIGN || n.Tok == token.DEFINE) {
			value = n.Rhs[i]
		}
		ix.store(lhs, value)
	}
}

// storeUnknown notes the numbers that a declaration takes from one call.
func (ix *Index) storeUnknown(n *ast.ValueSpec) {
	if len(n.Values) == 0 || len(n.Names) == len(n.Values) {
		return
	}
	for _, name := range n.Names {
		ix.store(name, nil)
	}
}

// storeInOrder notes what a struct literal without keys gives to its fields.
func (ix *Index) storeInOrder(n *ast.CompositeLit) {
	t := ix.info.TypeOf(n)
	if t == nil {
		return
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || len(n.Elts) != st.NumFields() {
		return
	}
	for i, e := range n.Elts {
		if _, isKeyed := e.(*ast.KeyValueExpr); !isKeyed && ix.isOwnNumber(st.Field(i)) {
			ix.give(st.Field(i), e)
		}
	}
}

// givenTo returns every value that the package gives obj, if all are known.
func (ix *Index) givenTo(obj types.Object) (values []ast.Expr, ok bool) {
	v, isVar := obj.(*types.Var)
	if !isVar {
		return nil, false
	}
	g := ix.stores[v.Origin()]
	if g == nil || g.isOpen {
		return nil, false
	}
	if init, isGlobal := ix.globals[obj]; isGlobal {
		return append([]ast.Expr{init}, g.values...), true
	}
	return g.values, true
}

// count notes the bound of a loop that counts up to it, or down from it.
func (sc *scope) count(info *types.Info, n *ast.ForStmt) {
	if v, bound, _ := counter(info, n); v != nil {
		sc.counts[v] = append(sc.counts[v], bound)
	}
}

// countOver notes the bound of a range over an integer.
func (sc *scope) countOver(info *types.Info, n *ast.RangeStmt) {
	if n.Key == nil || !isInteger(info.TypeOf(n.X)) {
		return
	}
	if v := objectOf(info, n.Key); v != nil {
		sc.counts[v] = append(sc.counts[v], n.X)
	}
}

// counter reads "for i := 0; i < bound; i++" and "for i := bound; i > 0; i--".
// Extra is how many turns there are besides bound less start.
func counter(info *types.Info, n *ast.ForStmt) (v types.Object, bound ast.Expr, extra int64) {
	cmp, ok := n.Cond.(*ast.BinaryExpr)
	step, isStep := n.Post.(*ast.IncDecStmt)
	if !ok || !isStep {
		return nil, nil, 0
	}
	if v = objectOf(info, step.X); v == nil || objectOf(info, cmp.X) != v {
		return nil, nil, 0
	}
	switch {
	case step.Tok == token.INC && (cmp.Op == token.LSS || cmp.Op == token.NEQ):
		return v, cmp.Y, 0
	case step.Tok == token.INC && cmp.Op == token.LEQ:
		return v, cmp.Y, 1
	case step.Tok == token.DEC && (cmp.Op == token.GTR || cmp.Op == token.NEQ):
		return v, startOf(info, n, v), 0
	case step.Tok == token.DEC && cmp.Op == token.GEQ:
		return v, startOf(info, n, v), 1
	}
	return nil, nil, 0
}

// startOf returns what a loop gives its counter before the first turn, or nil.
func startOf(info *types.Info, n *ast.ForStmt, v types.Object) ast.Expr {
	if as, ok := n.Init.(*ast.AssignStmt); ok && len(as.Lhs) == 1 && len(as.Rhs) == 1 && objectOf(info, as.Lhs[0]) == v {
		return as.Rhs[0]
	}
	return nil
}

// Turns returns how often a loop turns at the most, if that is in view.
func (ix *Index) Turns(loop ast.Stmt) (n int64, ok bool) {
	sc := ix.scopeAt(loop.Pos())
	switch loop := loop.(type) {
	case *ast.ForStmt:
		v, bound, extra := counter(ix.info, loop)
		if v == nil || bound == nil {
			return 0, false
		}
		n, ok = ix.limit(sc, bound)
		if from := startOf(ix.info, loop, v); from != nil && from != bound && ix.info.Types[from].Value != nil {
			start, _ := wholeAbove(ix.info.Types[from].Value)
			n -= start
		}
		return max(n+extra, 0), ok
	case *ast.RangeStmt:
		return ix.turnsOver(sc, loop.X)
	}
	return 0, false
}

// turnsOver returns how many elements a range statement goes over.
func (ix *Index) turnsOver(sc *scope, over ast.Expr) (n int64, ok bool) {
	t := ix.info.TypeOf(over)
	if isInteger(t) {
		return ix.limit(sc, over)
	}
	if t == nil {
		return 0, false
	}
	if arr, isArray := t.Underlying().(*types.Array); isArray {
		return arr.Len(), true
	}
	lit, isLit := ix.source(sc, over).(*ast.CompositeLit)
	if !isLit {
		return 0, false
	}
	return int64(len(lit.Elts)), true
}

// isInteger reports whether t is an integer type.
func isInteger(t types.Type) bool {
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// wholeAbove returns the constant, or the next whole number above it.
func wholeAbove(v constant.Value) (n int64, ok bool) {
	if whole := constant.ToInt(v); whole.Kind() == constant.Int {
		return constant.Int64Val(whole)
	}
	if v.Kind() != constant.Float {
		return 0, false
	}
	f, _ := constant.Float64Val(v)
	if math.IsNaN(f) || math.Abs(f) > float64(maxLimit) {
		return 0, false
	}
	return int64(math.Ceil(f)), true
}

// isBelow reports whether fn returns a random number below its argument: Intn and
// its kin, of whatever package.
func isBelow(fn *types.Func) bool {
	if fn.Pkg() != nil && (fn.Pkg().Path() == "math/rand" || fn.Pkg().Path() == "math/rand/v2") {
		return true
	}
	switch fn.Name() {
	case "Intn", "Int31n", "Int63n", "IntN", "Int32N", "Int64N", "Uint32N", "Uint64N", "UintN":
		return true
	}
	return false
}

// isFraction reports whether fn returns a random number between 0 and 1.
func isFraction(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg().Path() != "math/rand" && fn.Pkg().Path() != "math/rand/v2" {
		return false
	}
	return fn.Name() == "Float64" || fn.Name() == "Float32"
}
