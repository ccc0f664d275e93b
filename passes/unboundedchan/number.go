package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/asynclint/asynclint/internal/pattern"
)

// This file judges numbers that loops count up to, as size.go judges the
// collections that they range over.

// workerName matches names of numbers that say how much is done at a time.
var workerName = pattern.New(`(?i)(worker|concurren|paralle|thread|proc|cpu|shard|limit|max|pool|routine|replica|retries|attempts|batch|^n$|^k$)`)

// numberOf returns who decides the number e.
func (j *judge) numberOf(e ast.Expr, depth int) size {
	e = ast.Unparen(e)
	if depth == 0 || e == nil {
		return unknown
	}
	if j.isConst(e) {
		return fixed
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		return j.numberOfCall(e, depth)
	case *ast.BinaryExpr:
		return max(j.numberOf(e.X, depth-1), j.numberOf(e.Y, depth-1))
	case *ast.StarExpr:
		return fixed // a flag
	case *ast.SelectorExpr:
		if workerName.MatchString(e.Sel.Name) {
			return fixed
		}
	case *ast.Ident:
		return j.numberOfVar(e, depth)
	}
	return unknown
}

// numberOfVar follows a variable. One that is also set to something fixed is
// clamped.
func (j *judge) numberOfVar(e *ast.Ident, depth int) size {
	v := j.vars.varOf(e)
	if v == nil || workerName.MatchString(e.Name) && j.vars.params[v] != noParam {
		return fixed
	}
	values := j.vars.values[v]
	if len(values) == 0 {
		return unknown
	}
	least, most := endless, fixed
	for _, value := range values {
		s := j.numberOf(value, depth-1)
		least, most = min(least, s), max(most, s)
	}
	if len(values) > 1 && least == fixed {
		return unknown
	}
	return most
}

// numberOfCall judges len(x), min(x, n), conversions and the machine's size.
func (j *judge) numberOfCall(call *ast.CallExpr, depth int) size {
	if t := j.Pass.TypesInfo.Types[call.Fun]; t.IsType() && len(call.Args) == 1 {
		return j.numberOf(call.Args[0], depth-1)
	}
	switch name := calleeName(call); name {
	case "NumCPU", "GOMAXPROCS", "cap":
		return fixed
	case "len":
		return j.lengthOf(call.Args[0], depth-1)
	case "min", "max":
		return j.extreme(name, call.Args, depth)
	default:
		if workerName.MatchString(name) {
			return fixed
		}
	}
	return unknown
}

// extreme returns the least size of min's arguments, the greatest of max's.
func (j *judge) extreme(name string, args []ast.Expr, depth int) size {
	s := j.numberOf(args[0], depth-1)
	for _, arg := range args[1:] {
		if name == "min" {
			s = min(s, j.numberOf(arg, depth-1))
		} else {
			s = max(s, j.numberOf(arg, depth-1))
		}
	}
	return s
}

// calleeName returns the last name of what a call calls, or "".
func calleeName(call *ast.CallExpr) string { return lastName(call.Fun) }

// lastName returns the last name in an expression, or "".
func lastName(e ast.Expr) string {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.IndexExpr:
		return lastName(x.X)
	case *ast.IndexListExpr:
		return lastName(x.X)
	case *ast.StarExpr:
		return lastName(x.X)
	case *ast.CallExpr:
		return lastName(x.Fun)
	}
	return ""
}

// rootOf returns what the fields, elements and pointers in e start from.
func rootOf(e ast.Expr) ast.Expr {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		case *ast.CallExpr:
			e = x.Fun
		default:
			return x
		}
	}
}

// isOrdered reports whether op compares by order.
func isOrdered(op token.Token) bool {
	return op == token.LSS || op == token.LEQ || op == token.GTR || op == token.GEQ
}

// isArray reports whether t is an array or a pointer to one.
func isArray(t types.Type) bool {
	if t == nil {
		return false
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	_, ok := t.Underlying().(*types.Array)
	return ok
}

// isCollection reports whether t has elements that a loop can range over.
func isCollection(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Chan, *types.Signature:
		return true
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

// isSettings reports whether a type holds configuration: whoever runs the
// program decides, and knows.
func isSettings(t types.Type) bool {
	if slice, ok := t.Underlying().(*types.Slice); ok {
		t = slice.Elem()
	}
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	name := strings.ToLower(named.Obj().Name())
	for _, word := range []string{"config", "conf", "cfg", "option", "setting", "flag"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
