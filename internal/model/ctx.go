package model

import (
	"go/ast"
	"go/types"
)

// CtxKind says where a context comes from.
type CtxKind uint8

const (
	CtxParam   CtxKind = iota // a context.Context parameter
	CtxRequest                // an *http.Request parameter: r.Context()
	CtxStream                 // a gRPC server stream parameter: stream.Context()
	CtxStop                   // a stop channel parameter, which is no context but ends like one
)

// Ctx is a context that a function could listen to.
type Ctx struct {
	Kind  CtxKind
	Var   *types.Var
	Owner *Func // the function that has the parameter
}

// Expr returns how code in scope writes the context: "ctx", "r.Context()".
func (c Ctx) Expr() string {
	if c.Kind == CtxParam || c.Kind == CtxStop {
		return c.Var.Name()
	}
	return c.Var.Name() + ".Context()"
}

// Done returns the channel that announces the end: "ctx.Done()", "stopCh".
func (c Ctx) Done() string {
	if c.Kind == CtxStop {
		return c.Var.Name()
	}
	return c.Expr() + ".Done()"
}

// Contexts lists the named contexts in scope of f through parameters, f's own
// first, then those of the functions it is nested in.
func (f *Func) Contexts() []Ctx {
	var out []Ctx
	for g := f; g != nil; g = g.Parent {
		for _, v := range g.params() {
			if kind, ok := ctxKind(v.Type()); ok && v.Name() != "" && v.Name() != "_" {
				out = append(out, Ctx{kind, v, g})
			}
		}
	}
	return out
}

// params returns the parameters of f with their objects.
func (f *Func) params() []*types.Var {
	var list *ast.FieldList
	switch syn := f.Syntax.(type) {
	case *ast.FuncDecl:
		list = syn.Type.Params
	case *ast.FuncLit:
		list = syn.Type.Params
	default:
		return nil
	}
	var out []*types.Var
	for _, field := range list.List {
		for _, name := range field.Names {
			if v, ok := f.Pkg.Pass.TypesInfo.Defs[name].(*types.Var); ok {
				out = append(out, v)
			}
		}
	}
	return out
}

// ctxKind reports whether a parameter of type t brings a context.
func ctxKind(t types.Type) (CtxKind, bool) {
	switch {
	case IsContext(t):
		return CtxParam, true
	case isNamed(t, "net/http", "Request"):
		return CtxRequest, true
	case isServerStream(t):
		return CtxStream, true
	}
	return 0, false
}

// IsContext reports whether t is context.Context.
func IsContext(t types.Type) bool { return isNamed(t, "context", "Context") }

// isNamed reports whether t, or what it points to, is the type pkg.name.
func isNamed(t types.Type, pkg, name string) bool {
	named := namedOf(t)
	return named != nil && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// isServerStream reports whether t is gRPC's ServerStream or an interface that
// embeds it.
func isServerStream(t types.Type) bool {
	if isNamed(t, "google.golang.org/grpc", "ServerStream") {
		return true
	}
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for i := range iface.NumEmbeddeds() {
		if isServerStream(iface.EmbeddedType(i)) {
			return true
		}
	}
	return false
}
