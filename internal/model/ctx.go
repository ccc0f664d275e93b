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
)

// Ctx is a context that a function could listen to.
type Ctx struct {
	Kind  CtxKind
	Var   *types.Var
	Owner *Func // the function that has the parameter
}

// Expr returns how code in scope writes the context: "ctx", "r.Context()".
func (c Ctx) Expr() string {
	if c.Kind == CtxParam {
		return c.Var.Name()
	}
	return c.Var.Name() + ".Context()"
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

// StopField is a field of a method's receiver that announces an end: a context
// or a stop channel.
type StopField struct {
	Field *types.Var
	Expr  string // "s.ctx.Done()", "s.quit"
}

// StopFields lists the receiver fields that f could listen to. It is empty for
// functions without receiver.
func (f *Func) StopFields() []StopField {
	d := f.Decl()
	named := f.RecvNamed()
	if named == nil || d.Obj == nil {
		return nil
	}
	st, ok := named.Underlying().(*types.Struct)
	recv := d.Obj.Signature().Recv().Name()
	if !ok || recv == "" || recv == "_" {
		return nil
	}
	var out []StopField
	for field := range st.Fields() {
		switch {
		case IsContext(field.Type()):
			out = append(out, StopField{field, recv + "." + field.Name() + ".Done()"})
		case f.Pkg.isStopField(field):
			out = append(out, StopField{field, recv + "." + field.Name()})
		}
	}
	return out
}

// isStopField reports whether a channel field is a stop signal: without data,
// and closed in view or named for it.
func (p *Package) isStopField(v *types.Var) bool {
	ch, ok := v.Type().Underlying().(*types.Chan)
	if !ok || p.union == nil {
		return false
	}
	c := p.byRoot[p.union.find(v.Origin())]
	st, isStruct := ch.Elem().Underlying().(*types.Struct)
	isSignal := isStruct && st.NumFields() == 0
	return isSignal && (IsStopName(v.Name()) || c != nil && len(c.Closes) > 0 && !c.HasSends())
}
