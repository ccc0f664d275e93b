package facts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// This file reads what a function does to locks if one of its parameters, a bool,
// is true, or false: "func (s *S) get(lock bool)".

// onFlag returns what a use depends on: a parameter that has to be want.
func onFlag(param int, want bool) int { return withBit(1+param, !want) }

// Flag returns the index of the parameter that a use depends on, and what it has to
// be; ok is false if it depends on none.
func (u LockUse) Flag() (param int, want, ok bool) { return u.If>>1 - 1, u.If&1 == 0, u.If != 0 }

// branches reads the branches of an if on a bool parameter.
func (r *lockReader) branches(s *ast.IfStmt, body *ast.BlockStmt) {
	param, want, ok := r.flag(s.Cond)
	if !ok {
		return
	}
	r.branch(s.Body, onFlag(param, want), body)
	r.branch(s.Else, onFlag(param, !want), body)
	r.when = 0
}

// branch reads what is done on a condition only.
func (r *lockReader) branch(s ast.Stmt, when int, body *ast.BlockStmt) {
	block, ok := s.(*ast.BlockStmt)
	if !ok {
		return
	}
	r.when = when
	for _, s := range block.List {
		if !r.step(s, body) {
			return
		}
	}
}

// condition says what a use by a callee depends on in the caller; ok is false if it
// cannot be told, or does not come about.
func (r *lockReader) condition(call *ast.CallExpr, use LockUse) (when int, ok bool) {
	param, want, depends := use.Flag()
	if !depends {
		return 0, true
	}
	if param >= len(call.Args) {
		return 0, false
	}
	arg := call.Args[param]
	if v := r.ix.info.Types[arg].Value; v != nil && v.Kind() == constant.Bool {
		return 0, constant.BoolVal(v) == want
	}
	if k, is, ok := r.flag(arg); ok {
		return onFlag(k, is == want), true
	}
	return 0, false
}

// flagParams returns the parameters of a function that are bools, by index, unless
// it assigns them.
func (ix *Index) flagParams(decl *ast.FuncDecl) map[types.Object]int {
	flags := make(map[types.Object]int)
	eachParam(decl, func(name *ast.Ident, i int) {
		if obj := ix.info.Defs[name]; obj != nil && types.Identical(obj.Type(), types.Typ[types.Bool]) {
			flags[obj] = i
		}
	})
	ix.dropAssigned(decl.Body, flags)
	return flags
}

// flag returns the bool parameter that an expression tests, and for what.
func (r *lockReader) flag(x ast.Expr) (param int, want, ok bool) {
	want = true
	for {
		switch e := ast.Unparen(x).(type) {
		case *ast.Ident:
			param, ok = r.flags[r.ix.info.Uses[e]]
			return param, want, ok
		case *ast.UnaryExpr:
			if e.Op != token.NOT {
				return 0, false, false
			}
			x, want = e.X, !want
		default:
			return 0, false, false
		}
	}
}
