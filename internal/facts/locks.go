package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// This file says what a method always does to a lock of its receiver, so that
// callers in other packages know it. Must: it looks at the statements of the
// body itself, in order, until one may leave; what happens on some paths only,
// and locks behind pointers to other objects, are not recorded.

// LockDeed is what a method has done to a lock when it returns.
type LockDeed uint8

const (
	// LockTaken: it takes the lock first thing and gives it back.
	LockTaken LockDeed = iota
	// LockKept: it takes the lock and returns with it.
	LockKept
	// LockGiven: it gives back a lock that its caller has taken.
	LockGiven
)

// LockUse is what a method always does to one lock of its receiver.
type LockUse struct {
	Path string // the fields from the receiver to the lock: "mu", "state.mu"
	Deed LockDeed
	Read bool // for reading
}

// maxLocks bounds the locks that a fact speaks of, and the calls that lead to
// the operation.
const maxLocks = 4

// lockMethods are the operations of sync's locks; the value says whether it is
// for reading.
var lockMethods = map[string]bool{"Lock": false, "RLock": true, "Unlock": false, "RUnlock": true}

// lockReader reads one method.
type lockReader struct {
	ix    *Index
	recv  types.Object
	uses  []LockUse
	depth int
}

// readLocks fills in what each method does to the locks of its receiver.
func (ix *Index) readLocks() {
	for _, f := range ix.funcs {
		if f.obj != nil && f.obj.Exported() {
			f.sum.Locks = ix.locksOf(f.decl, 0)
		}
	}
}

// locksOf reads a method's body.
func (ix *Index) locksOf(decl *ast.FuncDecl, depth int) []LockUse {
	if decl.Recv == nil || len(decl.Recv.List) != 1 || len(decl.Recv.List[0].Names) != 1 || depth > maxLocks {
		return nil
	}
	recv := ix.info.Defs[decl.Recv.List[0].Names[0]]
	if recv == nil || !isPointer(recv.Type()) {
		return nil
	}
	r := &lockReader{ix: ix, recv: recv, depth: depth}
	for _, s := range decl.Body.List {
		if !r.step(s, decl.Body) || len(r.uses) > maxLocks {
			break
		}
	}
	return r.uses
}

// isPointer reports whether t is a pointer.
func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
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
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	path, fn := r.path(sel)
	if fn == nil {
		return
	}
	if reading, ok := lockMethods[fn.Name()]; ok && isLockMethod(fn) {
		if path != "" && !r.isGivenBack(path, body, call.Pos()) {
			r.add(r.deed(path, fn.Name(), body), path, reading)
		}
		return
	}
	if callee := r.ix.byFunc[fn.Origin()]; callee != nil && path == "" {
		for _, use := range r.ix.locksOf(callee.decl, r.depth+1) {
			deed := use.Deed
			if deed == LockKept && r.isGivenBack(use.Path, body, body.End()) {
				deed = LockTaken
			}
			r.add(deed, use.Path, use.Read)
		}
	}
}

// add notes what is done to a lock unless something was done to it before.
func (r *lockReader) add(deed LockDeed, path string, reading bool) {
	for _, use := range r.uses {
		if use.Path == path {
			return
		}
	}
	r.uses = append(r.uses, LockUse{Path: path, Deed: deed, Read: reading})
}

// deed says what comes of an operation that is the first on its lock.
func (r *lockReader) deed(path, method string, body *ast.BlockStmt) LockDeed {
	switch {
	case strings.HasSuffix(method, "Unlock"):
		return LockGiven
	case r.isGivenBack(path, body, body.End()):
		return LockTaken
	}
	return LockKept
}

// isGivenBack reports whether anything in a body before end may unlock a lock:
// Unlock is mentioned, or another method of the receiver is that gives it back.
func (r *lockReader) isGivenBack(path string, body *ast.BlockStmt, end token.Pos) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || found || sel.Pos() >= end {
			return !found
		}
		at, fn := r.path(sel)
		switch {
		case fn == nil:
		case isLockMethod(fn):
			found = at == path && strings.HasSuffix(fn.Name(), "Unlock")
		case at == "":
			found = r.ix.gives(fn, path, r.depth+1)
		}
		return !found
	})
	return found
}

// gives reports whether a method of this package may unlock a lock.
func (ix *Index) gives(fn *types.Func, path string, depth int) bool {
	callee := ix.byFunc[fn.Origin()]
	if callee == nil {
		return false
	}
	for _, use := range ix.locksOf(callee.decl, depth) {
		if use.Path == path && use.Deed == LockTaken {
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

// path returns the fields between the receiver and what a selector selects a
// method of, embedded ones included, and the method; nil if it is something else.
func (r *lockReader) path(sel *ast.SelectorExpr) (string, *types.Func) {
	fn, ok := r.ix.info.Uses[sel.Sel].(*types.Func)
	selection := r.ix.info.Selections[sel]
	if !ok || selection == nil || selection.Kind() == types.MethodExpr {
		return "", nil
	}
	names := embedded(selection)
	x := ast.Unparen(sel.X)
	for {
		switch e := x.(type) {
		case *ast.Ident:
			if r.ix.info.Uses[e] != r.recv {
				return "", nil
			}
			return strings.Join(names, "."), fn
		case *ast.SelectorExpr:
			s := r.ix.info.Selections[e]
			if s == nil || s.Kind() != types.FieldVal || isPointer(s.Type()) {
				return "", nil
			}
			names = append(append(embedded(s), e.Sel.Name), names...)
			x = ast.Unparen(e.X)
		default:
			return "", nil
		}
	}
}

// embedded returns the names of the embedded fields that a selection passes.
func embedded(s *types.Selection) (names []string) {
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok || i >= st.NumFields() {
			return nil
		}
		names = append(names, st.Field(i).Name())
		t = st.Field(i).Type()
	}
	return names
}

// isLockMethod reports whether fn is a method of one of sync's locks.
func isLockMethod(fn *types.Func) bool {
	n := nameOf(fn)
	return n.Pkg == "sync" && (n.Recv == "Mutex" || n.Recv == "RWMutex")
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
