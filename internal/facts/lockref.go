package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// This file spells locks as LockRef does.

// lockRoots returns the receiver and the parameters of a function from which it
// may come to a lock of its caller.
func (ix *Index) lockRoots(decl *ast.FuncDecl) map[types.Object]int {
	roots := make(map[types.Object]int)
	note := func(name *ast.Ident, of int) {
		if obj := ix.info.Defs[name]; obj != nil && (isPointer(obj.Type()) || isLocker(obj.Type())) {
			roots[obj] = of
		}
	}
	if decl.Recv != nil && len(decl.Recv.List) == 1 && len(decl.Recv.List[0].Names) == 1 {
		note(decl.Recv.List[0].Names[0], 0)
	}
	eachParam(decl, func(name *ast.Ident, i int) { note(name, i+1) })
	ix.dropAssigned(decl.Body, roots)
	return roots
}

// eachParam calls note for each parameter that has a name, with its index.
func eachParam(decl *ast.FuncDecl, note func(name *ast.Ident, i int)) {
	i := 0
	for _, field := range decl.Type.Params.List {
		for _, name := range field.Names {
			note(name, i)
			i++
		}
		i += max(0, 1-len(field.Names))
	}
}

// dropAssigned removes the variables that a body gives another value, or lets others
// do so.
func (ix *Index) dropAssigned(body *ast.BlockStmt, vars map[types.Object]int) {
	if len(vars) == 0 {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				if id, ok := lhs.(*ast.Ident); ok {
					delete(vars, ix.info.Uses[id])
				}
			}
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND {
				delete(vars, ix.info.Uses[id])
			}
		}
		return true
	})
}

// isPointer reports whether t is a pointer.
func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// isLocker reports whether t is sync.Locker.
func isLocker(t types.Type) bool { return isNamed(t, "sync", "Locker") && !isPointer(t) }

// selected returns what a selector of a method is applied to, seen from the
// receiver or a parameter, embedded fields included, and the method.
func (r *lockReader) selected(sel *ast.SelectorExpr) (ref LockRef, fn *types.Func, ok bool) {
	fn, isFunc := r.ix.info.Uses[sel.Sel].(*types.Func)
	selection := r.ix.info.Selections[sel]
	if !isFunc || selection == nil || selection.Kind() == types.MethodExpr {
		return ref, nil, false
	}
	if ref, ok = r.ref(sel.X); !ok {
		return ref, nil, false
	}
	ref.Path = strings.Join(append(split(ref.Path), embedded(selection)...), ".")
	return ref, fn, true
}

// split takes a path apart.
func split(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// ref returns what an expression means, or points to, seen from the receiver or a
// parameter.
func (r *lockReader) ref(x ast.Expr) (ref LockRef, ok bool) {
	var names []string
	for {
		switch e := ast.Unparen(x).(type) {
		case *ast.Ident:
			if of, ok := r.roots[r.ix.info.Uses[e]]; ok {
				return LockRef{Of: of, Path: strings.Join(names, ".")}, true
			}
			return r.global(e, names)
		case *ast.SelectorExpr:
			s := r.ix.info.Selections[e]
			if s == nil {
				return r.global(e.Sel, names)
			}
			if s.Kind() != types.FieldVal || isPointer(s.Type()) {
				return LockRef{}, false
			}
			names = append(append(embedded(s), e.Sel.Name), names...)
			x = e.X
		case *ast.UnaryExpr:
			if len(names) > 0 || e.Op != token.AND {
				return LockRef{}, false
			}
			x = e.X
		default:
			return LockRef{}, false
		}
	}
}

// global returns what fields of a package's variable mean; the variable has to be
// the object itself.
func (r *lockReader) global(id *ast.Ident, names []string) (ref LockRef, ok bool) {
	v, ok := r.ix.info.Uses[id].(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return ref, false
	}
	if _, ok := v.Type().Underlying().(*types.Struct); !ok {
		return ref, false
	}
	return LockRef{Pkg: v.Pkg().Path(), Path: strings.Join(append([]string{v.Name()}, names...), ".")}, true
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

// evaluated returns the parts of a statement that are evaluated whenever it is
// reached, in their order.
func evaluated(s ast.Stmt) (parts []ast.Node) {
	add := func(init ast.Stmt, x ast.Expr) {
		if init != nil {
			parts = append(parts, init)
		}
		if x != nil {
			parts = append(parts, x)
		}
	}
	switch s := s.(type) {
	case *ast.ExprStmt, *ast.ReturnStmt, *ast.AssignStmt, *ast.DeclStmt, *ast.SendStmt, *ast.IncDecStmt:
		add(s, nil)
	case *ast.IfStmt:
		add(s.Init, s.Cond)
	case *ast.SwitchStmt:
		add(s.Init, s.Tag)
	case *ast.ForStmt:
		add(s.Init, s.Cond)
	case *ast.RangeStmt:
		add(nil, s.X)
	}
	return parts
}
