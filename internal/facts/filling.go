package facts

import (
	"go/ast"
	"go/types"
)

// This file reads, from syntax, which types a package puts into the interfaces
// that it declares: by assignments, calls, returns, literals and sends. What
// other interfaces hold, and what other packages may hand in, leaves it open.

// filling is what is put into one interface.
type filling struct {
	with types.Type // the one type, or nil
	open bool       // several types, or some that are not in view
}

// filler reads one file.
type filler struct{ ix *Index }

// read walks a node; results are those of the function around it.
func (f *filler) read(n ast.Node, results *types.Tuple) {
	ast.Inspect(n, func(c ast.Node) bool {
		switch c := c.(type) {
		case *ast.FuncDecl:
			if fn, ok := f.ix.info.Defs[c.Name].(*types.Func); ok && c.Body != nil {
				f.openParams(fn)
				f.read(c.Body, fn.Signature().Results())
			}
			return false
		case *ast.FuncLit:
			if sig, ok := f.ix.info.TypeOf(c).(*types.Signature); ok && c != n {
				f.read(c.Body, sig.Results())
			}
			return false
		case *ast.ReturnStmt:
			f.putAll(tupleTypes(results), c.Results)
		default:
			f.readNode(c)
		}
		return true
	})
}

// readNode looks at what one node, a return apart, puts where.
func (f *filler) readNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		f.putAll(f.typesOf(n.Lhs), n.Rhs)
	case *ast.ValueSpec:
		if n.Type != nil {
			for _, v := range n.Values {
				f.put(f.ix.info.TypeOf(n.Type), f.ix.info.TypeOf(v))
			}
		}
	case *ast.CallExpr:
		f.readCall(n)
	case *ast.CompositeLit:
		f.readLit(n)
	case *ast.SendStmt:
		if ch := chanOf(f.ix.info.TypeOf(n.Chan)); ch != nil {
			f.put(ch.Elem(), f.ix.info.TypeOf(n.Value))
		}
	case *ast.StructType:
		f.openFields(n)
	}
}

// typesOf returns the types of expressions.
func (f *filler) typesOf(list []ast.Expr) []types.Type {
	out := make([]types.Type, len(list))
	for i, e := range list {
		out[i] = f.ix.info.TypeOf(e)
	}
	return out
}

// tupleTypes returns the types in a tuple.
func tupleTypes(t *types.Tuple) []types.Type {
	out := make([]types.Type, t.Len())
	for i := range out {
		out[i] = t.At(i).Type()
	}
	return out
}

// putAll puts values, or the results of one call, into places.
func (f *filler) putAll(to []types.Type, from []ast.Expr) {
	values := f.typesOf(from)
	if len(values) == 1 && len(to) > 1 {
		if t, ok := values[0].(*types.Tuple); ok {
			values = tupleTypes(t)
		}
	}
	for i := range min(len(to), len(values)) {
		f.put(to[i], values[i])
	}
}

// readCall looks at a call's arguments, or at a conversion.
func (f *filler) readCall(n *ast.CallExpr) {
	fun := f.ix.info.Types[n.Fun]
	if fun.IsType() && len(n.Args) == 1 {
		f.put(fun.Type, f.ix.info.TypeOf(n.Args[0]))
		return
	}
	sig, ok := fun.Type.(*types.Signature)
	if !ok {
		return
	}
	to := tupleTypes(sig.Params())
	if k := len(to) - 1; sig.Variadic() && !n.Ellipsis.IsValid() {
		last := to[k]
		for to = to[:k]; len(to) < len(n.Args); {
			to = append(to, elemOf(last))
		}
	}
	f.putAll(to, n.Args)
}

// elemOf returns the element type of a slice, array or map.
func elemOf(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	}
	return types.Typ[types.Invalid]
}

// readLit looks at the elements of a composite literal.
func (f *filler) readLit(n *ast.CompositeLit) {
	t := f.ix.info.TypeOf(n)
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, isStruct := t.Underlying().(*types.Struct)
	for i, e := range n.Elts {
		kv, keyed := e.(*ast.KeyValueExpr)
		switch {
		case isStruct && keyed:
			f.put(f.ix.info.TypeOf(kv.Key), f.ix.info.TypeOf(kv.Value))
		case isStruct && i < st.NumFields():
			f.put(st.Field(i).Type(), f.ix.info.TypeOf(e))
		case keyed:
			f.put(elemOf(t), f.ix.info.TypeOf(kv.Value))
		case !isStruct:
			f.put(elemOf(t), f.ix.info.TypeOf(e))
		}
	}
}

// put notes that a value of one type goes where values of another are.
func (f *filler) put(to, value types.Type) {
	name := f.ix.ownInterface(to)
	if name == nil || value == nil || types.Identical(to, value) {
		return
	}
	if b, ok := value.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return
	}
	fill := f.ix.soles[name]
	if fill == nil {
		fill = &filling{}
		f.ix.soles[name] = fill
	}
	switch {
	case types.IsInterface(value) || fill.with != nil && !types.Identical(fill.with, value):
		fill.open = true
	default:
		fill.with = value
	}
}

// ownInterface returns the name of an interface type of this package, or nil.
func (ix *Index) ownInterface(t types.Type) *types.TypeName {
	if t == nil || !types.IsInterface(t) {
		return nil
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() != ix.pkg {
		return nil
	}
	return named.Obj()
}

// openParams leaves open what other packages can hand to a function.
func (f *filler) openParams(fn *types.Func) {
	if !fn.Exported() || f.ix.pkg.Name() == "main" {
		return
	}
	for _, t := range tupleTypes(fn.Signature().Params()) {
		f.open(t)
	}
}

// openFields leaves open what other packages can put into exported fields.
func (f *filler) openFields(n *ast.StructType) {
	if f.ix.pkg.Name() == "main" {
		return
	}
	for _, field := range n.Fields.List {
		for _, name := range field.Names {
			if name.IsExported() {
				f.open(f.ix.info.TypeOf(field.Type))
			}
		}
	}
}

// open says that code out of view may put anything there.
func (f *filler) open(t types.Type) {
	if name := f.ix.ownInterface(t); name != nil {
		f.ix.soles[name] = &filling{open: true}
	}
}
