package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file says how often a loop turns, from its syntax and from where the
// values in it come from. It is a may-analysis that errs towards "not known":
// only what leads to a parameter, to a result from outside the process or to an
// event source counts as decided by somebody else. It misses sizes that pass
// through pointers, struct fields and function values.

// size says who decides how often a loop turns, or how long a collection is.
type size uint8

const (
	fixed   size = iota // the program: constants, literals, the machine, a setting
	unknown             // not known
	stored              // how much lies on a disk
	caller              // whoever calls, or what comes from outside the process
	endless             // as long as events come
)

// maxDefs bounds the assignments followed for one size.
const maxDefs = 6

// sizeOfLoop returns who decides how often l turns.
func (j *judge) sizeOfLoop(l *model.Loop) size {
	switch l.Kind {
	case model.Endless, model.RangeChan:
		return endless
	case model.RangeSet, model.RangeFunc:
		return j.lengthOf(l.Over, maxDefs)
	case model.While:
		return j.sizeOfWhile(l.Syntax.(*ast.ForStmt).Cond)
	}
	if r, ok := l.Syntax.(*ast.RangeStmt); ok {
		return j.numberOf(r.X, maxDefs)
	}
	cond := l.Syntax.(*ast.ForStmt).Cond
	if cond == nil {
		return endless
	}
	return j.sizeOfCond(cond)
}

// inputMethod matches methods that move on to the next element of an input.
var inputMethod = pattern.New(`^(Scan|Next|More|NextResultSet|Advance)$`)

// sizeOfWhile judges "for cond": reading on is input, a test of state repeats
// without end.
func (j *judge) sizeOfWhile(cond ast.Expr) size {
	if call, ok := ast.Unparen(cond).(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && inputMethod.MatchString(sel.Sel.Name) {
			return caller
		}
	}
	if cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && isOrdered(cmp.Op) {
		return j.sizeOfCond(cmp)
	}
	return unknown
}

// sizeOfCond judges a counting loop by what it counts up to.
func (j *judge) sizeOfCond(cond ast.Expr) size {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return unknown
	case cmp.Op == token.LAND:
		return min(j.sizeOfCond(cmp.X), j.sizeOfCond(cmp.Y))
	case cmp.Op == token.LSS || cmp.Op == token.LEQ || cmp.Op == token.NEQ:
		return j.numberOf(cmp.Y, maxDefs)
	case cmp.Op == token.GTR || cmp.Op == token.GEQ:
		if j.isConst(cmp.Y) {
			return unknown // counts down from somewhere
		}
		return j.numberOf(cmp.X, maxDefs)
	}
	return unknown
}

// lengthOf returns who decides how many elements e has.
func (j *judge) lengthOf(e ast.Expr, depth int) size {
	e = ast.Unparen(e)
	if depth == 0 || e == nil {
		return unknown
	}
	if j.isConst(e) || isArray(j.TypeOf(e)) {
		return fixed
	}
	switch e := e.(type) {
	case *ast.CompositeLit:
		return fixed
	case *ast.SliceExpr:
		if e.High != nil {
			return fixed // somebody chose an end
		}
		return j.lengthOf(e.X, depth-1)
	case *ast.CallExpr:
		return j.lengthOfCall(e, depth)
	case *ast.Ident:
		return j.lengthOfVar(e, depth)
	case *ast.SelectorExpr:
		return j.lengthOfField(e, depth)
	case *ast.IndexExpr:
		return max(unknown, j.lengthOf(e.X, depth-1))
	case *ast.StarExpr:
		return j.lengthOf(e.X, depth-1)
	}
	return unknown
}

// lengthOfVar follows a variable to its assignments.
func (j *judge) lengthOfVar(e *ast.Ident, depth int) size {
	v := j.vars.varOf(e)
	if v == nil {
		return unknown
	}
	switch kind := j.vars.params[v]; {
	case isSettings(v.Type()) || isTable(v.Type()) || isOfSite(v) || j.holdsSites(v) || j.isClamped(v):
		return unknown
	case kind == declParam || j.vars.decoded[v]:
		return caller
	case kind != noParam || len(j.vars.values[v])+len(j.vars.elems[v]) == 0:
		return unknown
	}
	most := fixed
	for _, value := range j.vars.values[v] {
		most = max(most, j.lengthOf(value, depth-1))
	}
	for _, whole := range j.vars.elems[v] {
		most = max(most, j.lengthOfElem(whole, depth-1))
	}
	if v.Parent() == j.Pass.Pkg.Scope() {
		return min(most, unknown)
	}
	return most
}

// lengthOfElem judges an element of e: the batches of slices.Chunk are fixed.
func (j *judge) lengthOfElem(e ast.Expr, depth int) size {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && calleeName(call) == "Chunk" {
		return fixed
	}
	if name := lastName(e); batchName.MatchString(name) {
		return fixed
	}
	return max(unknown, j.lengthOf(e, depth))
}

// batchName matches what collections cut to size are called.
var batchName = pattern.New(`(?i)(batch|chunk|window|page)`)

// lengthOfField judges x.f: what came in with a parameter is the caller's, what
// an object or a configuration holds is not known.
func (j *judge) lengthOfField(e *ast.SelectorExpr, depth int) size {
	root, ok := rootOf(e).(*ast.Ident)
	if !ok {
		return unknown
	}
	if v := j.vars.varOf(root); v != nil && !batchName.MatchString(v.Name()) && j.isRequest(v) {
		return caller
	}
	return unknown
}

// isRequest reports whether a variable holds what somebody else asks for: a
// parameter of such a type, or what was decoded.
func (j *judge) isRequest(v *types.Var) bool {
	if isSettings(v.Type()) {
		return false
	}
	if j.vars.decoded[v] {
		return true
	}
	kind, named := j.vars.params[v], model.NamedOf(v.Type())
	return (kind == declParam || kind == litParam) && named != nil && requestName.MatchString(named.Obj().Name())
}

// requestName matches types that carry what somebody else asks for.
var requestName = pattern.New(`(?i)(req|request|message|msg|event|args|input|payload|command|query)`)

// lengthOfCall judges the result of a call: what is read from outside is not
// ours to decide, what is computed is as long as what it is computed from.
func (j *judge) lengthOfCall(call *ast.CallExpr, depth int) size {
	if t, ok := j.Pass.TypesInfo.Types[call.Fun]; ok && t.IsType() && len(call.Args) == 1 {
		return j.lengthOf(call.Args[0], depth-1)
	}
	switch calleeName(call) {
	case "append":
		return j.lengthOfAppend(call, depth)
	case "make":
		if len(call.Args) > 1 {
			return j.numberOf(call.Args[1], depth-1)
		}
		return fixed
	case "Chunk":
		return unknown
	}
	for _, w := range j.Facts.Waits(call) {
		switch {
		case w.Kind.IsOutside():
			return caller
		case w.Kind == op.Disk && j.isOfLibrary(call):
			return stored
		}
	}
	if root, ok := rootOf(call.Fun).(*ast.Ident); ok {
		if v := j.vars.varOf(root); v != nil && j.isRequest(v) {
			return caller
		}
	}
	most := unknown
	for _, arg := range call.Args {
		if isCollection(j.TypeOf(arg)) && (!isText(j.TypeOf(arg)) || j.isOfLibrary(call)) {
			most = max(most, j.lengthOf(arg, depth-1))
		}
	}
	return most
}

// lengthOfAppend judges append(s, x): one more per turn of the loop around it.
func (j *judge) lengthOfAppend(call *ast.CallExpr, depth int) size {
	if call.Ellipsis.IsValid() && len(call.Args) == 2 {
		return j.lengthOf(call.Args[1], depth-1)
	}
	f := j.FuncAt(call.Pos())
	if f == nil {
		return unknown
	}
	most := fixed
	for l := f.LoopAt(call.Pos()); l != nil && depth > 1; l = l.Parent {
		most = max(most, j.sizeOfAround(l, depth-1))
	}
	return min(most, caller)
}

// sizeOfAround is sizeOfLoop for a loop met on the way.
func (j *judge) sizeOfAround(l *model.Loop, depth int) size {
	if l.Kind == model.RangeSet || l.Kind == model.RangeFunc {
		return j.lengthOf(l.Over, depth-1)
	}
	return j.sizeOfLoop(l)
}

// isConst reports whether e has a constant value.
func (j *judge) isConst(e ast.Expr) bool { return j.Pass.TypesInfo.Types[e].Value != nil }
