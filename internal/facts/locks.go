package facts

import (
	"go/ast"
	"go/token"
	"go/types"
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
	Pkg  string // the path of its package if it starts at a variable of one, which then starts Path
}

// isSame reports whether two references name one lock.
func (r LockRef) isSame(x LockRef) bool { return r.isBeside(x) && r.Path == x.Path }

// isBeside reports whether two references start at the same object, or both at
// variables of one package.
func (r LockRef) isBeside(x LockRef) bool { return r.Of == x.Of && r.Pkg == x.Pkg }

// LockUse is what a function does to one lock: always, or whenever one of its
// parameters, a bool, has a value.
type LockUse struct {
	LockRef
	Deed LockDeed
	If   int // 0: always; else 2 * (1 + the parameter's index), and 1 more if it has to be false
}

// maxLocks bounds the locks that a fact speaks of.
const maxLocks = 4

// lockMethods are the operations of sync's locks; the value says whether it is
// for reading.
var lockMethods = map[string]bool{"Lock": false, "RLock": true, "Unlock": false, "RUnlock": true}

// lockReader reads one function.
type lockReader struct {
	ix    *Index
	roots map[types.Object]int // the receiver and the parameters that lead to locks, as LockRef counts them
	flags map[types.Object]int // the parameters that are bools, by index
	uses  []LockUse
	when  int // what is read now depends on this, as LockUse.If
}

// readLocks fills in what each function does to locks that its callers can name.
func (ix *Index) readLocks() {
	ix.uses, ix.unlocks = make(map[*ast.FuncDecl][]LockUse), make(map[*ast.FuncDecl]bool)
	for _, f := range ix.funcs {
		if f.obj != nil && f.obj.Exported() {
			f.sum.Locks = ix.locksOf(f.decl)
			f.sum.Orders, f.sum.Runs = ix.sectionsOf(f.decl)
		}
	}
	ix.uses, ix.unlocks = nil, nil
}

// locksOf reads a function's body once. A function that calls itself counts as
// doing nothing in the inner call.
func (ix *Index) locksOf(decl *ast.FuncDecl) []LockUse {
	if uses, ok := ix.uses[decl]; ok {
		return uses
	}
	ix.uses[decl] = nil
	r := &lockReader{ix: ix, roots: ix.lockRoots(decl), flags: ix.flagParams(decl)}
	for _, s := range decl.Body.List {
		if !r.step(s, decl.Body) || len(r.uses) > maxLocks {
			break
		}
	}
	ix.uses[decl] = r.uses
	return r.uses
}

// step reads one statement; it is false if what follows is not always done.
func (r *lockReader) step(s ast.Stmt, body *ast.BlockStmt) bool {
	for _, n := range evaluated(s) {
		r.calls(n, body)
	}
	if branch, ok := s.(*ast.IfStmt); ok && r.when == 0 {
		r.branches(branch, body)
	}
	return !mayLeave(s)
}

// calls reads the calls that evaluating n makes for certain, in their order.
func (r *lockReader) calls(n ast.Node, body *ast.BlockStmt) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				r.calls(n.X, body)
				return false
			}
		case *ast.CallExpr:
			r.calls(n.Fun, body)
			for _, arg := range n.Args {
				r.calls(arg, body)
			}
			r.call(n, body)
			return false
		}
		return true
	})
}

// call reads one call that the body makes.
func (r *lockReader) call(call *ast.CallExpr, body *ast.BlockStmt) {
	if ref, fn, ok := r.operation(call); ok {
		if !r.isGivenBack(ref, body, call.Pos()) {
			r.add(r.deed(ref, fn.Name(), body), ref, 0)
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
		if use.Deed == LockGiven || !r.isGivenBack(use.LockRef, body, call.Pos()) {
			r.add(use.Deed, use.LockRef, use.If)
		}
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

// usesBy returns what a call does to locks, in the words of the caller.
func (r *lockReader) usesBy(call *ast.CallExpr) (out []LockUse) {
	fn := funcValue(r.ix.info, call.Fun)
	if fn == nil || argShift(r.ix.info, call) > 0 {
		return nil
	}
	for _, use := range r.ix.usesOf(fn) {
		ref, ok := r.translated(call, use.LockRef)
		when, may := r.condition(call, use)
		if ok && may {
			out = append(out, LockUse{ref, use.Deed, when})
		}
	}
	return out
}

// usesOf returns what a function of this package or another does to locks.
func (ix *Index) usesOf(fn *types.Func) []LockUse {
	if callee := ix.byFunc[fn.Origin()]; callee != nil {
		return ix.locksOf(callee.decl)
	}
	if fn.Pkg() == nil || fn.Pkg() == ix.pkg {
		return nil
	}
	return ix.callee(fn).imported.Locks
}

// translated says what a callee's lock is to the caller; ok is false if it has no
// name here.
func (r *lockReader) translated(call *ast.CallExpr, ref LockRef) (out LockRef, ok bool) {
	if ref.Pkg != "" {
		return ref, true
	}
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

// add notes what is done to a lock unless something was done to it before. On a
// condition only what ends as it began is noted.
func (r *lockReader) add(deed LockDeed, ref LockRef, when int) {
	if r.when != 0 {
		if when != 0 && when != r.when {
			return
		}
		when = r.when
	}
	if when != 0 && deed != LockTaken {
		return
	}
	for _, use := range r.uses {
		if use.isSame(ref) && (use.If == 0 || when == 0 || use.If == when) {
			return
		}
	}
	r.uses = append(r.uses, LockUse{ref, deed, when})
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

// isLockMethod reports whether fn is a method of one of sync's locks, or of what
// stands for one.
func isLockMethod(fn *types.Func) bool {
	n := nameOf(fn)
	return n.Pkg == "sync" && (n.Recv == "Mutex" || n.Recv == "RWMutex" || n.Recv == "Locker")
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
