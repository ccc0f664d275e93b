package facts

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// This file reads the critical sections of a function for its callers in other
// packages: which lock it takes under which, and under which locks it calls a
// function that it is handed. What is held is certain as far as the statements of
// the body itself tell; that the other lock is taken at all is a may.

// LockPair says that a function takes one lock while it holds another.
type LockPair struct{ First, Second LockRef }

// FuncUse says that a function calls a parameter in its caller's goroutine, and
// does nothing else with it.
type FuncUse struct {
	Param int       // index in the signature's parameters
	Under []LockRef // what it holds each time
}

// sectionReader walks through a body with what is held.
type sectionReader struct {
	*lockReader
	funcs  map[types.Object]int // parameters that are functions
	held   []LockRef
	orders []LockPair
	runs   map[int][]LockRef // what is held at all calls of a parameter so far
	other  map[int]bool      // parameters that are used otherwise
}

// sectionsOf reads a function's body.
func (ix *Index) sectionsOf(decl *ast.FuncDecl) ([]LockPair, []FuncUse) {
	r := &sectionReader{
		lockReader: &lockReader{ix: ix, roots: ix.lockRoots(decl)}, funcs: ix.funcParams(decl),
		runs: make(map[int][]LockRef), other: make(map[int]bool),
	}
	if len(r.roots) == 0 && len(r.funcs) == 0 {
		return nil, nil
	}
	for _, s := range decl.Body.List {
		r.statement(s)
	}
	var runs []FuncUse
	for i := range decl.Type.Params.NumFields() {
		if under, ok := r.runs[i]; ok && !r.other[i] {
			runs = append(runs, FuncUse{i, under})
		}
	}
	return r.orders, runs
}

// funcParams returns the parameters of a function that are functions.
func (ix *Index) funcParams(decl *ast.FuncDecl) map[types.Object]int {
	funcs := make(map[types.Object]int)
	eachParam(decl, func(name *ast.Ident, i int) {
		if obj := ix.info.Defs[name]; obj != nil {
			if _, ok := obj.Type().Underlying().(*types.Signature); ok {
				funcs[obj] = i
			}
		}
	})
	return funcs
}

// statement reads one statement of the body.
func (r *sectionReader) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok && r.deeds(call) {
			return
		}
	case *ast.DeferStmt:
		if _, _, ok := r.operation(s.Call); ok {
			return
		}
	}
	r.held = slices.DeleteFunc(r.held, func(ref LockRef) bool { return r.isGivenBack(ref, s, s.End()) })
	r.inside(s, true)
}

// deeds reads a call that stands as a statement, if it does something to locks.
func (r *sectionReader) deeds(call *ast.CallExpr) bool {
	uses := slices.DeleteFunc(r.usesBy(call), func(use LockUse) bool { return use.If != 0 })
	if ref, fn, ok := r.operation(call); ok {
		use := LockUse{LockRef: ref, Deed: LockKept}
		if strings.HasSuffix(fn.Name(), "Unlock") {
			use.Deed = LockGiven
		}
		uses = []LockUse{use}
	}
	for _, use := range uses {
		if use.Deed == LockGiven {
			r.held = slices.DeleteFunc(r.held, use.isSame)
			continue
		}
		r.pair(use.LockRef)
		if use.Deed == LockKept {
			r.held = append(r.held, use.LockRef)
		}
	}
	return len(uses) > 0
}

// pair notes that a lock is taken under what is held.
func (r *sectionReader) pair(second LockRef) {
	for _, first := range r.held {
		p := LockPair{first, second}
		if !first.isSame(second) && !slices.Contains(r.orders, p) && len(r.orders) < maxLocks {
			r.orders = append(r.orders, p)
		}
	}
}

// inside looks through a statement or expression; here says that it runs in the
// function's own goroutine, now.
func (r *sectionReader) inside(n ast.Node, here bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			r.inside(n.Body, false)
			return false
		case *ast.GoStmt:
			r.inside(n.Call, false)
			return false
		case *ast.DeferStmt:
			r.inside(n.Call, false)
			return false
		case *ast.BinaryExpr:
			return !r.isNilTest(n)
		case *ast.CallExpr:
			return r.called(n, here)
		case *ast.Ident:
			if i, ok := r.funcs[r.ix.info.Uses[n]]; ok {
				r.other[i] = true
			}
		}
		return true
	})
}

// isNilTest reports whether an expression compares a parameter with nil.
func (r *sectionReader) isNilTest(n *ast.BinaryExpr) bool {
	id, ok := ast.Unparen(n.X).(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = r.funcs[r.ix.info.Uses[id]]
	return ok && r.ix.info.Types[n.Y].IsNil()
}

// called reads a call inside a statement and says whether to look at its operands.
func (r *sectionReader) called(call *ast.CallExpr, here bool) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	i, isParam := 0, false
	if ok {
		i, isParam = r.funcs[r.ix.info.Uses[id]]
	}
	switch {
	case !here:
	case isParam:
		r.run(i)
		for _, arg := range call.Args {
			r.inside(arg, here)
		}
		return false
	default:
		if ref, fn, ok := r.operation(call); ok && !strings.HasSuffix(fn.Name(), "Unlock") {
			r.pair(ref)
		}
		for _, use := range r.usesBy(call) {
			if use.Deed != LockGiven && use.If == 0 {
				r.pair(use.LockRef)
			}
		}
	}
	return true
}

// run notes that a parameter is called with what is held now.
func (r *sectionReader) run(i int) {
	under, ok := r.runs[i]
	if !ok {
		r.runs[i] = slices.Clone(r.held)
		return
	}
	r.runs[i] = slices.DeleteFunc(under, func(ref LockRef) bool { return !slices.Contains(r.held, ref) })
}
