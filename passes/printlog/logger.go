package printlog

// Which logger a print should have used. A may-judgement: the nearest variable
// of a logger's type that is in scope, a field of the receiver, a variable of
// the package, the functions of a logging package, and slog where nothing else
// is known. A logger that somebody compares with nil may be missing: it is named,
// but no fix relies on it.

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynclint/asynclint/internal/symbol"
)

// loggerTypes are the types that log with keys and values.
var loggerTypes = map[symbol.Name]library{
	{Pkg: "log/slog", Func: "Logger"}:                        slogLib,
	{Pkg: "go.uber.org/zap", Func: "Logger"}:                 zapLib,
	{Pkg: "go.uber.org/zap", Func: "SugaredLogger"}:          zapSugarLib,
	{Pkg: "github.com/rs/zerolog", Func: "Logger"}:           zerologLib,
	{Pkg: "github.com/sirupsen/logrus", Func: "Logger"}:      logrusLib,
	{Pkg: "github.com/sirupsen/logrus", Func: "Entry"}:       logrusLib,
	{Pkg: "github.com/sirupsen/logrus", Func: "FieldLogger"}: logrusLib,
	{Pkg: "github.com/go-logr/logr", Func: "Logger"}:         logrLib,
	{Pkg: "github.com/hashicorp/go-hclog", Func: "Logger"}:   hclogLib,
}

// globals are the packages whose functions are a logger.
var globals = map[string]library{
	"log/slog":                   slogLib,
	"github.com/sirupsen/logrus": logrusLib,
	"github.com/rs/zerolog/log":  zerologLib,
	"k8s.io/klog/v2":             klogLib,
}

// logger is where a print should go instead.
type logger struct {
	lib    library
	expr   string // "s.log"; "" stands for the functions of the package pkg
	pkg    string // the package to import for expr == "", or for the fields of zap
	unsure bool   // may be nil or is only known by hearsay: no fix

	own *ownLogger // of no library known here; all else is empty then
}

// findLogger returns the logger for a print at c.
func (p *unit) findLogger(c inspector.Cursor) logger {
	if l, ok := p.loggerInScope(c); ok {
		return l
	}
	if l, ok := p.loggerOfReceiver(c); ok {
		return l
	}
	if l, ok := p.loggerOfPackage(c); ok {
		return l
	}
	if own := p.findOwnLogger(c); own != nil && (!p.structured.known() || p.structured.from != "" || p.structured.path == "log/slog" && !p.logs()) {
		return logger{own: own, unsure: true}
	}
	lib := globals[p.structured.path]
	if p.structured.known() && (lib == noLibrary || lib != slogLib && p.structured.from != "") {
		return logger{lib: libraries[p.structured.path], pkg: p.structured.path, unsure: true}
	}
	if lib != noLibrary {
		return logger{lib: lib, pkg: p.structured.path}
	}
	return logger{lib: slogLib, pkg: "log/slog"}
}

// loggerInScope looks for a parameter or local variable.
func (p *unit) loggerInScope(c inspector.Cursor) (logger, bool) {
	v := p.localWhere(c, func(v *types.Var) bool { return libraryOf(v.Type()) != noLibrary })
	if v == nil {
		return logger{}, false
	}
	return p.loggerVar(v, v.Name()), true
}

// localWhere returns the innermost, then first, local variable or parameter
// that is visible at c, surely set, and is as asked.
func (p *unit) localWhere(c inspector.Cursor, is func(*types.Var) bool) *types.Var {
	pos := c.Node().Pos()
	for s := p.scopeAt(c); s != nil && s != p.pass.Pkg.Scope(); s = s.Parent() {
		var best *types.Var
		for _, name := range s.Names() {
			v, ok := s.Lookup(name).(*types.Var)
			if !ok || name == "_" || v.Pos() >= pos || !is(v) || !p.isSet(v) || p.visible(c, v) == nil {
				continue
			}
			if best == nil || v.Pos() < best.Pos() {
				best = v
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// isSet reports whether v is a parameter or was defined with a value.
func (p *unit) isSet(v *types.Var) bool {
	return v.Kind() == types.ParamVar || v.Kind() == types.RecvVar || p.bindings[v] != nil || p.defined[v]
}

// scopeAt returns the innermost scope at c.
func (p *unit) scopeAt(c inspector.Cursor) *types.Scope {
	f := file(c)
	if f == nil || p.info.Scopes[f] == nil {
		return nil
	}
	if s := p.info.Scopes[f].Innermost(c.Node().Pos()); s != nil {
		return s
	}
	return p.info.Scopes[f]
}

// visible returns obj if its name means obj at c.
func (p *unit) visible(c inspector.Cursor, obj types.Object) types.Object {
	s := p.scopeAt(c)
	if s == nil {
		return nil
	}
	if _, found := s.LookupParent(obj.Name(), c.Node().Pos()); found == obj {
		return obj
	}
	return nil
}

// loggerOfReceiver looks for a field of the method's receiver.
func (p *unit) loggerOfReceiver(c inspector.Cursor) (logger, bool) {
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		decl := f.Node().(*ast.FuncDecl)
		fn, ok := p.info.Defs[decl.Name].(*types.Func)
		if !ok || fn.Signature().Recv() == nil {
			return logger{}, false
		}
		recv := fn.Signature().Recv()
		field := loggerField(recv.Type())
		if field == nil || recv.Name() == "" || recv.Name() == "_" || p.visible(c, recv) == nil {
			return logger{}, false
		}
		return p.loggerVar(field, recv.Name()+"."+field.Name()), true
	}
	return logger{}, false
}

// loggerField returns the first field of a logger's type of a struct.
func loggerField(t types.Type) *types.Var {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range s.Fields() {
		if libraryOf(f.Type()) != noLibrary {
			return f
		}
	}
	return nil
}

// loggerOfPackage looks for a package-level variable.
func (p *unit) loggerOfPackage(c inspector.Cursor) (logger, bool) {
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if ok && name != "_" && libraryOf(v.Type()) != noLibrary && p.visible(c, v) != nil {
			l := p.loggerVar(v, name)
			l.unsure = l.unsure || !p.defined[v]
			return l, true
		}
	}
	return logger{}, false
}

// loggerVar describes the logger in v, written as expr.
func (p *unit) loggerVar(v *types.Var, expr string) logger {
	l := logger{lib: libraryOf(v.Type()), expr: expr, unsure: p.nilChecked[v]}
	if l.lib == zapLib {
		l.pkg = "go.uber.org/zap"
	}
	return l
}

// libraryOf returns the library whose logger t is.
func libraryOf(t types.Type) library {
	t = types.Unalias(t)
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return noLibrary
	}
	return loggerTypes[symbol.Name{Pkg: withoutVendor(named.Obj().Pkg().Path()), Func: named.Obj().Name()}]
}

// readNilChecks returns the variables and fields that are compared with nil.
func readNilChecks(info *types.Info, root inspector.Cursor) varSet {
	checked := varSet{}
	for c := range root.Preorder((*ast.BinaryExpr)(nil)) {
		b := c.Node().(*ast.BinaryExpr)
		if b.Op != token.EQL && b.Op != token.NEQ || !info.Types[b.Y].IsNil() {
			continue
		}
		var id *ast.Ident
		switch x := ast.Unparen(b.X).(type) {
		case *ast.Ident:
			id = x
		case *ast.SelectorExpr:
			id = x.Sel
		}
		if v, ok := info.Uses[id].(*types.Var); ok && id != nil {
			checked[v] = true
		}
	}
	return checked
}
