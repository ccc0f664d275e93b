package blockingcall

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/model"
)

// Polling can be replaced by waiting only if what is polled belongs to this
// process: a variable, an atomic, a length, a lock, a context. This file
// recognises expressions that read nothing else. Must: a call of anything
// unknown, the clock above all, makes it say no.

// readsMemory reports whether e does nothing but read memory that another
// goroutine may change.
func (j *judge) readsMemory(e ast.Expr, depth int) bool {
	shared, pure := j.memory(e, depth)
	return shared && pure
}

// memory says whether e reads something another goroutine may change, and
// whether it does nothing else.
func (j *judge) memory(e ast.Expr, depth int) (shared, pure bool) {
	if tv, ok := j.Pass.TypesInfo.Types[e]; ok && (tv.Value != nil || tv.IsNil() || tv.IsType()) {
		return false, true
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, isVar := j.Pass.TypesInfo.Uses[e].(*types.Var)
		return isVar, isVar
	case *ast.SelectorExpr:
		return j.selected(e, depth)
	case *ast.StarExpr:
		return j.memory(e.X, depth)
	case *ast.UnaryExpr:
		if e.Op == token.ARROW {
			return false, false
		}
		return j.memory(e.X, depth)
	case *ast.BinaryExpr:
		return j.both(e.X, e.Y, depth)
	case *ast.IndexExpr:
		return j.both(e.X, e.Index, depth)
	case *ast.CallExpr:
		return j.readingCall(e, depth)
	}
	return false, false
}

// both judges two operands together.
func (j *judge) both(a, b ast.Expr, depth int) (shared, pure bool) {
	s1, p1 := j.memory(a, depth)
	s2, p2 := j.memory(b, depth)
	return s1 || s2, p1 && p2
}

// selected judges a field or a variable of a package.
func (j *judge) selected(e *ast.SelectorExpr, depth int) (shared, pure bool) {
	v, ok := j.Pass.TypesInfo.Uses[e.Sel].(*types.Var)
	if !ok {
		return false, false
	}
	if !v.IsField() {
		return true, true
	}
	_, pure = j.memory(e.X, depth)
	return true, pure
}

// readingCall judges a call: len, an atomic load, a lock that is tried, a
// context asked for its error, or a method of this package that only does such
// things.
func (j *judge) readingCall(e *ast.CallExpr, depth int) (shared, pure bool) {
	switch fn := typeutil.Callee(j.Pass.TypesInfo, e).(type) {
	case *types.Builtin:
		if (fn.Name() == "len" || fn.Name() == "cap") && len(e.Args) == 1 {
			return j.memory(e.Args[0], depth)
		}
	case *types.Func:
		if isProbe(fn) || depth > 0 && j.isGetter(fn, depth-1) {
			return true, true
		}
	}
	if tv, ok := j.Pass.TypesInfo.Types[ast.Unparen(e.Fun)]; ok && tv.IsType() && len(e.Args) == 1 {
		return j.memory(e.Args[0], depth)
	}
	return false, false
}

// isProbe reports whether a function of the standard library looks at what
// another goroutine may change, and returns at once.
func isProbe(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "sync/atomic", "go.uber.org/atomic":
		return strings.HasPrefix(fn.Name(), "Load")
	case "sync":
		return strings.HasPrefix(fn.Name(), "Try")
	case "context":
		return fn.Name() == "Err"
	}
	return false
}

// isGetter reports whether a function of this package without parameters only
// reads memory, under a lock or not.
func (j *judge) isGetter(fn *types.Func, depth int) bool {
	f := j.funcOf(fn)
	if f == nil || f.Body == nil || fn.Signature().Params().Len() > 0 {
		return false
	}
	reads := false
	for _, stmt := range f.Body.List {
		switch s := stmt.(type) {
		case *ast.ReturnStmt:
			if len(s.Results) == 0 || !j.readsMemory(s.Results[0], depth) {
				return false
			}
			reads = true
		case *ast.DeferStmt:
			if !j.isLockCall(s.Call) {
				return false
			}
		default:
			if !j.isLockStmt(stmt) && !j.isCopy(stmt, depth) {
				return false
			}
		}
	}
	return reads
}

// funcOf returns the declared function fn of this package, or nil.
func (j *judge) funcOf(fn *types.Func) *model.Func {
	if j.getters == nil {
		j.getters = map[*types.Func]*model.Func{}
		for _, f := range j.Funcs {
			if f.Obj != nil {
				j.getters[f.Obj] = f
			}
		}
	}
	return j.getters[fn.Origin()]
}

// isCopy reports whether a statement only copies memory into variables.
func (j *judge) isCopy(stmt ast.Stmt, depth int) bool {
	as, ok := stmt.(*ast.AssignStmt)
	if !ok || len(as.Lhs) != len(as.Rhs) || as.Tok != token.DEFINE {
		return false
	}
	for _, rhs := range as.Rhs {
		if !j.readsMemory(rhs, depth) {
			return false
		}
	}
	return true
}

// isLockStmt reports whether a statement locks or unlocks.
func (j *judge) isLockStmt(stmt ast.Stmt) bool {
	call := callOf(stmt)
	return call != nil && j.isLockCall(call)
}

// isLockCall reports whether a call locks or unlocks a mutex.
func (j *judge) isLockCall(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(j.Pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "sync" {
		return false
	}
	switch fn.Name() {
	case "Lock", "Unlock", "RLock", "RUnlock":
		return true
	}
	return false
}

// callOf returns the call a statement consists of, or nil.
func callOf(stmt ast.Stmt) *ast.CallExpr {
	if e, ok := stmt.(*ast.ExprStmt); ok {
		call, _ := ast.Unparen(e.X).(*ast.CallExpr)
		return call
	}
	return nil
}
