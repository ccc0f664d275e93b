package facts

import (
	"go/ast"
	"go/types"

	"github.com/asynclint/asynclint/internal/op"
)

// This file decides whether clients and dialers have a timeout of their own.
// A literal in view decides; a client that comes from a field is plain only if
// the package makes clients and gives none of them a timeout.

// clients is what a whole package does with client literals.
type clients struct {
	made    map[string]bool // types with a literal in the package, by name
	limited map[string]bool // those with a timeout in some literal or assignment
}

// timeoutFields are the fields that bound a client's or dialer's waits.
var timeoutFields = map[string]bool{"Timeout": true, "Deadline": true, "ReadTimeout": true, "WriteTimeout": true, "DialTimeout": true, "HandshakeTimeout": true}

// readLit notes a composite literal of a type that can have a timeout.
func (c *clients) readLit(info *types.Info, n *ast.CompositeLit) {
	name := clientName(info.TypeOf(n))
	if name == "" {
		return
	}
	if c.made == nil {
		c.made, c.limited = map[string]bool{}, map[string]bool{}
	}
	c.made[name] = true
	if hasTimeout(n) {
		c.limited[name] = true
	}
}

// readAssign notes client.Timeout = d.
func (c *clients) readAssign(info *types.Info, n *ast.AssignStmt, sc *scope) {
	for _, l := range n.Lhs {
		sel, ok := l.(*ast.SelectorExpr)
		if !ok || !timeoutFields[sel.Sel.Name] {
			continue
		}
		if name := clientName(info.TypeOf(sel.X)); name != "" {
			if c.limited == nil {
				c.made, c.limited = map[string]bool{}, map[string]bool{}
			}
			c.limited[name] = true
			if obj := objectOf(info, sel.X); obj != nil {
				sc.timed[obj] = true
			}
		}
	}
}

// isPlain reports whether the package makes clients of this type and gives none
// a timeout.
func (c *clients) isPlain(t types.Type) bool {
	name := clientName(t)
	return c.made[name] && !c.limited[name]
}

// clientName returns the name of a struct type that has a timeout field.
func clientName(t types.Type) string {
	if t == nil {
		return ""
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return ""
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	for f := range s.Fields() {
		if timeoutFields[f.Name()] {
			return types.TypeString(named, nil)
		}
	}
	return ""
}

// hasTimeout reports whether a literal sets a timeout.
func hasTimeout(n *ast.CompositeLit) bool {
	for _, e := range n.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return true // positional: all fields are set
		}
		if key, ok := kv.Key.(*ast.Ident); ok && timeoutFields[key.Name] {
			return true
		}
	}
	return false
}

// byClient looks for the client or dialer among receiver and arguments.
func (ix *Index) byClient(w Wait, call *ast.CallExpr, sc *scope) Wait {
	operands := call.Args
	if recv := receiver(call); recv != nil {
		operands = append([]ast.Expr{recv}, call.Args...)
	}
	for _, e := range operands {
		if clientName(ix.info.TypeOf(e)) != "" {
			w.Bound = ix.clientBound(w.Bound, e, sc)
			return w
		}
	}
	return w
}

// clientBound judges one client.
func (ix *Index) clientBound(plain op.Bound, e ast.Expr, sc *scope) op.Bound {
	switch obj := objectOf(ix.info, e); {
	case isDefaultClient(obj):
		return plain
	case obj != nil && sc.timed[obj]:
		return op.Timeout
	}
	src := ix.source(sc, e)
	if ref, ok := src.(*ast.UnaryExpr); ok {
		src = ref.X
	}
	if lit, ok := ast.Unparen(src).(*ast.CompositeLit); ok {
		switch {
		case hasTimeout(lit):
			return op.Timeout
		case ix.isGlobal(e) && ix.clients.limited[clientName(ix.info.TypeOf(e))]:
			return op.Unknown // another function may set it
		}
		return plain
	}
	if isDefaultClient(objectOf(ix.info, src)) || ix.clients.isPlain(ix.info.TypeOf(e)) {
		return plain
	}
	return op.Unknown
}

// isGlobal reports whether e names a variable of this package.
func (ix *Index) isGlobal(e ast.Expr) bool {
	obj := objectOf(ix.info, e)
	return obj != nil && obj.Parent() == ix.pkg.Scope()
}

// isDefaultClient reports whether obj is http.DefaultClient.
func isDefaultClient(obj types.Object) bool {
	return obj != nil && obj.Name() == "DefaultClient" && obj.Pkg() != nil && obj.Pkg().Path() == "net/http"
}
