package selectcancel

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
)

// A context parameter may be there because somebody demands the signature: an
// interface, or a function type. May: an interface counts if this package or one
// that it imports declares it, whether or not the type is used as one.

// isDemanded reports whether the signature of f is not its author's to choose.
func (j *judge) isDemanded(f *model.Func) bool {
	if f.Obj == nil {
		return true // a literal fits where it is handed to
	}
	return j.usedAsValue()[f.Obj] || j.implementsAny(f.Obj)
}

// usedAsValue lists the functions and methods that the package mentions without
// calling them.
func (j *judge) usedAsValue() map[*types.Func]bool {
	if j.values != nil {
		return j.values
	}
	j.values = make(map[*types.Func]bool)
	called := make(map[*ast.Ident]bool)
	for _, file := range j.Pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if id := nameIn(n.Fun); id != nil {
					called[id] = true
				}
			case *ast.Ident:
				if fn, ok := j.Pass.TypesInfo.Uses[n].(*types.Func); ok && !called[n] {
					j.values[fn.Origin()] = true
				}
			}
			return true
		})
	}
	return j.values
}

// nameIn returns the identifier that names a called function, or nil.
func nameIn(fun ast.Expr) *ast.Ident {
	switch e := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return nameIn(e.X)
	case *ast.IndexListExpr:
		return nameIn(e.X)
	}
	return nil
}

// implementsAny reports whether a method belongs to an interface in view.
func (j *judge) implementsAny(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	t := recv.Type()
	if _, isPtr := types.Unalias(t).(*types.Pointer); !isPtr {
		t = types.NewPointer(t)
	}
	for _, pkg := range append([]*types.Package{j.Pass.Pkg}, j.Pass.Pkg.Imports()...) {
		for _, name := range pkg.Scope().Names() {
			if demands(pkg.Scope().Lookup(name), fn.Name(), t) {
				return true
			}
		}
	}
	return false
}

// demands reports whether obj is an interface that has a method of this name and
// that t implements.
func demands(obj types.Object, method string, t types.Type) bool {
	tn, ok := obj.(*types.TypeName)
	if !ok || !types.IsInterface(tn.Type()) {
		return false
	}
	if named, ok := tn.Type().(*types.Named); ok && named.TypeParams().Len() > 0 {
		return false
	}
	iface, ok := tn.Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for i := range iface.NumMethods() {
		if iface.Method(i).Name() == method {
			return types.Implements(t, iface)
		}
	}
	return false
}

// isStreamCall reports whether an operation reads or writes a stream that is
// already open, which ends when that is closed.
func isStreamCall(o *model.Op) bool {
	if o.Action != model.CallWait || o.Wait.Kind != op.Net || o.Callee == nil || o.Callee.Signature().Recv() == nil {
		return false
	}
	return strings.HasPrefix(o.Callee.Name(), "Read") || strings.HasPrefix(o.Callee.Name(), "Write")
}

// isGo reports whether a call starts a goroutine.
func isGo(c *model.Call) bool {
	_, ok := c.Instr.(*ssa.Go)
	return ok
}
