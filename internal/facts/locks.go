package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// This file says what a function always does to a lock of its receiver or of a
// parameter, so that callers in other packages know it. Must: it looks at the
// statements of the body itself, in order, until one may leave; what happens on
// some paths only, and locks behind pointers to other objects, are not recorded.

// LockDeed is what a function has done to a lock when it returns.
type LockDeed uint8

const (
	// LockTaken: it takes the lock first thing and gives it back.
	LockTaken LockDeed = iota
	// LockKept: it takes the lock and returns with it.
	LockKept
	// LockGiven: it gives back a lock that its caller has taken.
	LockGiven
	// LockLent: it takes the lock and returns nothing but the function that gives it
	// back.
	LockLent
)

// LockRef names a lock in the words of a function.
type LockRef struct {
	Of   int    // where it starts: 0 is the receiver, 1 + i the i-th parameter
	Path string // the fields from there to the lock: "mu", "state.mu", "" for the parameter itself
	Read bool   // it is taken for reading
}

// isSame reports whether two references name one lock.
func (r LockRef) isSame(x LockRef) bool { return r.Of == x.Of && r.Path == x.Path }

// LockUse is what a function always does to one lock.
type LockUse struct {
	LockRef
	Deed LockDeed
}

// maxLocks bounds the locks that a fact speaks of, and the calls that lead to
// the operation.
const maxLocks = 4

// lockMethods are the operations of sync's locks; the value says whether it is
// for reading.
var lockMethods = map[string]bool{"Lock": false, "RLock": true, "Unlock": false, "RUnlock": true}

// lockReader reads one function.
type lockReader struct {
	ix    *Index
	roots map[types.Object]int // the receiver and the parameters that lead to locks, as LockRef counts them
	uses  []LockUse
	depth int
}

// readLocks fills in what each function does to locks that its callers can name.
func (ix *Index) readLocks() {
	for _, f := range ix.funcs {
		if f.obj != nil && f.obj.Exported() {
			f.sum.Locks = ix.locksOf(f.decl, 0)
			f.sum.Orders, f.sum.Runs = ix.sectionsOf(f.decl)
		}
	}
}

// locksOf reads a function's body.
func (ix *Index) locksOf(decl *ast.FuncDecl, depth int) []LockUse {
	r := &lockReader{ix: ix, roots: ix.lockRoots(decl), depth: depth}
	if len(r.roots) == 0 || depth > maxLocks {
		return nil
	}
	for _, s := range decl.Body.List {
		if !r.step(s, decl.Body) || len(r.uses) > maxLocks {
			break
		}
	}
	return r.uses
}

// step reads one statement; it is false if what follows is not always done.
func (r *lockReader) step(s ast.Stmt, body *ast.BlockStmt) bool {
	if x, ok := s.(*ast.ExprStmt); ok {
		if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok {
			r.call(call, body)
		}
	}
	return !mayLeave(s)
}

// call reads a call that is a statement of the body.
func (r *lockReader) call(call *ast.CallExpr, body *ast.BlockStmt) {
	if ref, fn, ok := r.operation(call); ok {
		if !r.isGivenBack(ref, body, call.Pos()) {
			r.add(r.deed(ref, fn.Name(), body), ref)
		}
		return
	}
	for _, use := range r.usesBy(call) {
		switch {
		case use.Deed == LockKept && r.isGivenBack(use.LockRef, body, body.End()):
			use.Deed = LockTaken
		case use.Deed == LockLent:
			use.Deed = LockKept // what it returned is dropped
		}
		r.add(use.Deed, use.LockRef)
	}
}

// operation returns the lock and the method of a call that operates on a lock.
func (r *lockReader) operation(call *ast.CallExpr) (ref LockRef, fn *types.Func, ok bool) {
	sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !isSel {
		return ref, nil, false
	}
	ref, fn, ok = r.selected(sel)
	if !ok || !isLockMethod(fn) {
		return ref, fn, false
	}
	reading, known := lockMethods[fn.Name()]
	ref.Read = reading
	return ref, fn, known
}

// usesBy returns what a call of a function of this package does to locks, in the
// words of the caller.
func (r *lockReader) usesBy(call *ast.CallExpr) (out []LockUse) {
	fn := funcValue(r.ix.info, call.Fun)
	if fn == nil {
		return nil
	}
	callee := r.ix.byFunc[fn.Origin()]
	if callee == nil || argShift(r.ix.info, call) > 0 {
		return nil
	}
	for _, use := range r.ix.locksOf(callee.decl, r.depth+1) {
		if ref, ok := r.translated(call, use.LockRef); ok {
			out = append(out, LockUse{ref, use.Deed})
		}
	}
	return out
}

// translated says what a callee's lock is to the caller; ok is false if it has no
// name here.
func (r *lockReader) translated(call *ast.CallExpr, ref LockRef) (out LockRef, ok bool) {
	var at LockRef
	switch sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr); {
	case ref.Of > 0 && ref.Of <= len(call.Args):
		at, ok = r.ref(call.Args[ref.Of-1])
	case ref.Of == 0 && isSel:
		at, _, ok = r.selected(sel)
	}
	at.Path, at.Read = strings.Trim(at.Path+"."+ref.Path, "."), ref.Read
	return at, ok
}

// add notes what is done to a lock unless something was done to it before.
func (r *lockReader) add(deed LockDeed, ref LockRef) {
	for _, use := range r.uses {
		if use.isSame(ref) {
			return
		}
	}
	r.uses = append(r.uses, LockUse{ref, deed})
}

// deed says what comes of an operation that is the first on its lock.
func (r *lockReader) deed(ref LockRef, method string, body *ast.BlockStmt) LockDeed {
	switch {
	case strings.HasSuffix(method, "Unlock"):
		return LockGiven
	case r.isLent(ref, body):
		return LockLent
	case r.isGivenBack(ref, body, body.End()):
		return LockTaken
	}
	return LockKept
}

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
			case at.Of == ref.Of && (at.Path == "" || strings.HasPrefix(ref.Path, at.Path+".")):
				found = r.ix.gives(fn, LockRef{Path: strings.TrimPrefix(strings.TrimPrefix(ref.Path, at.Path), ".")}, r.depth+1)
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
		if !ok || at.Of != ref.Of || at.Path != "" && at.Path != ref.Path && !strings.HasPrefix(ref.Path, at.Path+".") {
			continue
		}
		fn := funcValue(r.ix.info, call.Fun)
		if fn == nil {
			return true
		}
		if r.ix.gives(fn, LockRef{Of: i + 1, Path: strings.TrimPrefix(strings.TrimPrefix(ref.Path, at.Path), ".")}, r.depth+1) {
			return true
		}
	}
	return false
}

// gives reports whether a function of this package may unlock a lock.
func (ix *Index) gives(fn *types.Func, ref LockRef, depth int) bool {
	callee := ix.byFunc[fn.Origin()]
	if callee == nil {
		return false
	}
	for _, use := range ix.locksOf(callee.decl, depth) {
		if use.isSame(ref) && use.Deed == LockTaken {
			return false // for itself
		}
	}
	unlocks := false
	ast.Inspect(callee.decl.Body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		unlocks = unlocks || ok && strings.HasSuffix(sel.Sel.Name, "Unlock")
		return !unlocks
	})
	return unlocks
}

// isLockMethod reports whether fn is a method of one of sync's locks, or of what
// stands for one.
func isLockMethod(fn *types.Func) bool {
	n := nameOf(fn)
	return n.Pkg == "sync" && (n.Recv == "Mutex" || n.Recv == "RWMutex" || n.Recv == "Locker")
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

// mayLeave reports whether a statement may end the function or jump.
func mayLeave(s ast.Stmt) (found bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			found = found || ok && id.Name == "panic"
		}
		return !found
	})
	return found
}
