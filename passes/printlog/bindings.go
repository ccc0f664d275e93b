package printlog

// Variables that are bound once. A must-analysis: a variable has a binding only if
// its definition is its sole assignment and nobody takes its address. Exported
// package variables, those documented to be replaced, fields and parameters have
// none: others may set them.

import (
	"go/ast"
	"go/token"
	"go/types"
)

// bindings maps each variable that is assigned once to its value.
type bindings map[*types.Var]ast.Expr

// varSet is a set of variables.
type varSet map[*types.Var]bool

// collector gathers bindings while it walks the files of a package.
type collector struct {
	info    *types.Info
	found   bindings
	changed varSet
	defined varSet // of any scope, defined together with a value
}

// readBindings walks the files of a package. It also returns the variables that
// are defined with a value, whatever happens to them later.
func readBindings(info *types.Info, files []*ast.File) (bindings, varSet) {
	c := collector{info, bindings{}, varSet{}, varSet{}}
	for _, f := range files {
		ast.Inspect(f, c.visit)
	}
	for v := range c.changed {
		delete(c.found, v)
	}
	return c.found, c.defined
}

// visit looks at one node for assignments of every form.
func (c *collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		c.assign(n)
	case *ast.GenDecl:
		c.note(n)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			c.markDefined(name, len(n.Values) > 0)
			if len(n.Values) == len(n.Names) {
				c.define(name, n.Values[i])
			}
		}
	case *ast.RangeStmt:
		c.change(n.Key)
		c.change(n.Value)
	case *ast.IncDecStmt:
		c.change(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			c.change(n.X)
		}
	}
	return true
}

// swapWords in the documentation of a variable say that somebody sets it.
var swapWords = setOf(`override overrides overridden overriding overridable replace replaced replaceable swap swapped
	test tests testing stub stubbed mock mocked`)

// note takes variables that are documented to be set for changed.
func (c *collector) note(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		vars, ok := spec.(*ast.ValueSpec)
		if ok && (swapWords.hasAny(decl.Doc.Text()) || swapWords.hasAny(vars.Doc.Text()) || swapWords.hasAny(vars.Comment.Text())) {
			for _, name := range vars.Names {
				c.change(name)
			}
		}
	}
}

// assign tells definitions from further values.
func (c *collector) assign(n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		id, isIdent := lhs.(*ast.Ident)
		c.markDefined(id, isIdent && n.Tok == token.DEFINE)
		switch {
		case isIdent && n.Tok == token.DEFINE && c.info.Defs[id] != nil && len(n.Lhs) == len(n.Rhs):
			c.define(id, n.Rhs[i])
		default:
			c.change(lhs)
		}
	}
}

// markDefined records a variable that is defined with a value.
func (c *collector) markDefined(id *ast.Ident, yes bool) {
	if !yes {
		return
	}
	if v, ok := c.info.Defs[id].(*types.Var); ok {
		c.defined[v] = true
	}
}

// define records a variable's first value.
func (c *collector) define(id *ast.Ident, value ast.Expr) {
	v, ok := c.info.Defs[id].(*types.Var)
	if ok && v.Parent() != nil && v.Pkg() != nil && (v.Parent() != v.Pkg().Scope() || !v.Exported()) {
		c.found[v] = value
	}
}

// change records that the variable e names gets another value.
func (c *collector) change(e ast.Expr) {
	if id, ok := e.(*ast.Ident); ok {
		if v, ok := c.info.ObjectOf(id).(*types.Var); ok {
			c.changed[v] = true
		}
	}
}

// bound returns the only value of the variable e names, or nil.
func (p *unit) bound(e ast.Expr) ast.Expr {
	if v, ok := p.object(e).(*types.Var); ok {
		return p.bindings[v]
	}
	return nil
}

// object returns what an identifier or a qualified identifier stands for.
func (p *unit) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return p.info.ObjectOf(e)
	case *ast.SelectorExpr:
		return p.info.ObjectOf(e.Sel)
	}
	return nil
}

// isVar reports whether obj is the package-level variable pkg.name.
func isVar(obj types.Object, pkg, name string) bool {
	v, ok := obj.(*types.Var)
	return ok && v.Name() == name && v.Pkg() != nil && v.Pkg().Path() == pkg && v.Parent() == v.Pkg().Scope()
}

// isFunc reports whether fn is the package-level function pkg.name.
func isFunc(fn *types.Func, pkg, name string) bool {
	return fn != nil && fn.Name() == name && fn.Pkg() != nil && fn.Pkg().Path() == pkg && fn.Signature().Recv() == nil
}
