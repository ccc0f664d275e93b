package unboundedchan

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/pattern"
)

// variables says where the values of variables come from: the syntax behind
// every assignment in the package. What is assigned through pointers is missed.
type variables struct {
	info    *types.Info
	values  map[*types.Var][]ast.Expr // what is assigned to a variable
	elems   map[*types.Var][]ast.Expr // what it is an element of, in a range
	params  map[*types.Var]paramKind
	counted map[*types.Var]bool // variables and fields that are counted up
	decoded map[*types.Var]bool // variables that a decoder fills
}

// paramKind says whose parameter a variable is.
type paramKind uint8

const (
	noParam   paramKind = iota
	declParam           // of a declared function: its caller decides
	litParam            // of a function literal
	receiver            // of a method
)

// readVariables gathers the assignments of a package.
func readVariables(pass *analysis.Pass) *variables {
	v := &variables{
		info:    pass.TypesInfo,
		values:  make(map[*types.Var][]ast.Expr),
		elems:   make(map[*types.Var][]ast.Expr),
		params:  make(map[*types.Var]paramKind),
		counted: make(map[*types.Var]bool),
		decoded: make(map[*types.Var]bool),
	}
	for _, f := range pass.Files {
		ast.Inspect(f, v.visit)
	}
	return v
}

// visit reads one node.
func (v *variables) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		v.addParams(n.Recv, receiver)
		v.addParams(n.Type.Params, declParam)
	case *ast.FuncLit:
		v.addParams(n.Type.Params, litParam)
	case *ast.AssignStmt:
		v.assign(n)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			v.set(name, valueAt(n.Values, i))
		}
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if to := v.varOf(e); to != nil {
				v.elems[to] = append(v.elems[to], n.X)
			}
		}
	case *ast.IncDecStmt:
		v.count(n.X)
	case *ast.CallExpr:
		v.call(n)
	}
	return true
}

// decoderName matches functions that fill what a pointer leads to.
var decoderName = pattern.New(`^(Decode|Unmarshal\w*|Bind\w*|ShouldBind\w*|Scan|ReadJSON|Select)$`)

// call reads n.Add(1), which counts, and Decode(&v), which fills v from outside.
func (v *variables) call(n *ast.CallExpr) {
	sel, ok := n.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	if sel.Sel.Name == "Add" {
		v.count(sel.X)
	}
	if !decoderName.MatchString(sel.Sel.Name) {
		return
	}
	for _, arg := range n.Args {
		if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
			if x := v.varOf(u.X); x != nil {
				v.decoded[x] = true
			}
		}
	}
}

// addParams notes the parameters of one function.
func (v *variables) addParams(list *ast.FieldList, kind paramKind) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			if p, ok := v.info.Defs[name].(*types.Var); ok {
				v.params[p] = kind
			}
		}
	}
}

// assign reads one assignment.
func (v *variables) assign(n *ast.AssignStmt) {
	switch n.Tok {
	case token.ASSIGN, token.DEFINE:
		for i, to := range n.Lhs {
			v.set(to, valueAt(n.Rhs, i))
		}
	case token.ADD_ASSIGN, token.SUB_ASSIGN:
		v.count(n.Lhs[0])
	}
}

// valueAt returns the i-th of a list of values, or the one call that gives all.
func valueAt(list []ast.Expr, i int) ast.Expr {
	switch {
	case i < len(list):
		return list[i]
	case len(list) == 1:
		return list[0]
	}
	return nil
}

// set notes that a variable gets a value.
func (v *variables) set(to, value ast.Expr) {
	if x := v.varOf(to); x != nil && value != nil {
		v.values[x] = append(v.values[x], value)
	}
}

// count notes that a variable goes up or down.
func (v *variables) count(e ast.Expr) {
	if x := v.varOf(e); x != nil {
		v.counted[x] = true
	}
}

// varOf returns the variable or field that e names, or nil.
func (v *variables) varOf(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if x, ok := v.info.ObjectOf(e).(*types.Var); ok {
			return x.Origin()
		}
	case *ast.SelectorExpr:
		if x, ok := v.info.ObjectOf(e.Sel).(*types.Var); ok {
			return x.Origin()
		}
	}
	return nil
}
