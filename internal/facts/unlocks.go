package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// This file says whether a lock may be given back (may: any mention of Unlock in
// what is called counts).

// isGivenBack reports whether anything in a body before end may unlock a lock:
// Unlock is mentioned, or a function of the package is that gives it back.
func (r *lockReader) isGivenBack(ref LockRef, body ast.Node, end token.Pos) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		if found || n == nil || n.Pos() >= end {
			return !found && n == nil
		}
		switch n := n.(type) {
		case *ast.SelectorExpr:
			at, fn, ok := r.selected(n)
			switch {
			case !ok:
			case isLockMethod(fn):
				found = at.isSame(ref) && strings.HasSuffix(fn.Name(), "Unlock")
			case at.isBeside(ref) && (at.Path == "" || strings.HasPrefix(ref.Path, at.Path+".")):
				found = r.ix.gives(fn, LockRef{Path: strings.TrimPrefix(strings.TrimPrefix(ref.Path, at.Path), ".")})
			}
		case *ast.CallExpr:
			found = r.givesByArgument(n, ref)
		}
		return !found
	})
	return found
}

// givesByArgument reports whether a call may unlock a lock that it is handed
// itself, or with its object.
func (r *lockReader) givesByArgument(call *ast.CallExpr, ref LockRef) bool {
	for i, arg := range call.Args {
		at, ok := r.ref(arg)
		if !ok || !at.isBeside(ref) || at.Path != "" && at.Path != ref.Path && !strings.HasPrefix(ref.Path, at.Path+".") {
			continue
		}
		fn := funcValue(r.ix.info, call.Fun)
		if fn == nil {
			return true
		}
		if r.ix.gives(fn, LockRef{Of: i + 1, Path: strings.TrimPrefix(strings.TrimPrefix(ref.Path, at.Path), ".")}) {
			return true
		}
	}
	return false
}

// gives reports whether a function may unlock a lock of its caller.
func (ix *Index) gives(fn *types.Func, ref LockRef) bool {
	for _, use := range ix.usesOf(fn) {
		if use.isSame(ref) && use.If == 0 {
			return use.Deed == LockGiven // or it takes it for itself
		}
	}
	callee := ix.byFunc[fn.Origin()]
	return callee != nil && ix.mentionsUnlock(callee.decl)
}

// mentionsUnlock reports whether a function, or one of this package that it names,
// has anything to do with unlocking.
func (ix *Index) mentionsUnlock(decl *ast.FuncDecl) (found bool) {
	if known, ok := ix.unlocks[decl]; ok {
		return known
	}
	ix.unlocks[decl] = false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		found = strings.HasSuffix(id.Name, "Unlock")
		if fn, ok := ix.info.Uses[id].(*types.Func); ok && !found {
			if callee := ix.byFunc[fn.Origin()]; callee != nil {
				found = ix.mentionsUnlock(callee.decl)
			}
		}
		return !found
	})
	ix.unlocks[decl] = found
	return found
}

// HoldsLocks reports whether a function of another package is a lock's own, returns
// with a lock, gives one back, or calls what it is handed under one.
func (ix *Index) HoldsLocks(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg() == ix.pkg {
		return false
	}
	if isLockMethod(fn) {
		return true
	}
	c := ix.callee(fn)
	for _, use := range c.imported.Locks {
		if use.Deed != LockTaken {
			return true
		}
	}
	return slices.ContainsFunc(c.imported.Runs, func(use FuncUse) bool { return len(use.Under) > 0 })
}
