package printlog

// Loggers of no library that is known here: a module's own logging package, an
// interface of its own, a wrapper of a library. A may-judgement by names: who
// has an Error and one of Info, Debug or Warn logs by level. They are advice
// only: nobody knows what their parameters mean, so no fix uses them.

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// ownLogger is what logs by level: its functions behind the name to.
type ownLogger struct {
	to         string // "c.logger", "log"; "" in the package itself
	onErr, any string // the functions for errors and for everything else
	called     bool   // by the package
}

// call returns the function to use.
func (l *ownLogger) call(failed bool) string {
	name := l.any
	if failed {
		name = l.onErr
	}
	if l.to == "" {
		return name
	}
	return l.to + "." + name
}

// The names of functions that log errors and of those that log what is none, the
// most usual first.
var (
	errorNames = strings.Fields("Error Errorf Errorw Errorln")
	plainNames = strings.Fields("Info Infof Infow Infoln Debug Debugf Debugw Warn Warnf Warnw")
)

// leveled describes a logger of which has knows the functions; nil if it has none
// for one of the two.
func leveled(to string, has func(name string) bool) *ownLogger {
	i, k := slices.IndexFunc(errorNames, has), slices.IndexFunc(plainNames, has)
	if i < 0 || k < 0 {
		return nil
	}
	return &ownLogger{to: to, onErr: errorNames[i], any: plainNames[k]}
}

// leveledVar describes the logger in a variable written as expr, or nil.
func (p *unit) leveledVar(v *types.Var, expr string) *ownLogger {
	return leveled(expr, func(name string) bool {
		obj, _, _ := types.LookupFieldOrMethod(v.Type(), true, p.pass.Pkg, name)
		_, ok := obj.(*types.Func)
		return ok
	})
}

// findOwnLogger returns the logger of the module's own that a print at c should
// use, or nil: a variable in scope, a field of the receiver, a variable of the
// package, or the functions that the package calls.
func (p *unit) findOwnLogger(c inspector.Cursor) *ownLogger {
	isLeveled := func(v *types.Var) bool { return p.leveledVar(v, "") != nil }
	if v := p.localWhere(c, isLeveled); v != nil {
		return p.leveledVar(v, v.Name())
	}
	if l := p.leveledField(c); l != nil {
		return l
	}
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if ok && isLeveled(v) && !p.isTestObject(v) && p.visible(c, v) != nil {
			return p.leveledVar(v, name)
		}
	}
	return p.ownLogger()
}

// leveledField returns the first field of the method's receiver that logs by
// level, or nil.
func (p *unit) leveledField(c inspector.Cursor) *ownLogger {
	decl := declAround(c)
	if decl == nil {
		return nil
	}
	fn, ok := p.info.Defs[decl.Name].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return nil
	}
	recv := fn.Signature().Recv()
	t := recv.Type()
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || recv.Name() == "" || recv.Name() == "_" || p.visible(c, recv) == nil {
		return nil
	}
	for f := range s.Fields() {
		if l := p.leveledVar(f, recv.Name()+"."+f.Name()); l != nil {
			return l
		}
	}
	return nil
}

// isTestObject reports whether obj is declared in a file that go test alone
// compiles.
func (p *unit) isTestObject(obj types.Object) bool {
	return strings.HasSuffix(p.pass.Fset.File(obj.Pos()).Name(), "_test.go")
}

// readOwnLogger finds the package whose functions log by level and are called
// most, or that is imported from the same module; nil if there is none.
func (p *unit) readOwnLogger() *ownLogger {
	calls := map[*types.Package]int{}
	for c := range p.root.Preorder((*ast.CallExpr)(nil)) {
		fn := typeutil.StaticCallee(p.info, c.Node().(*ast.CallExpr))
		if isLeveledFunc(fn) && !p.inTest(c) {
			calls[fn.Pkg()]++
		}
	}
	for _, pkg := range p.pass.Pkg.Imports() {
		if _, called := calls[pkg]; !called && p.inModule(pkg) {
			calls[pkg] = 0
		}
	}
	var best *types.Package
	var found *ownLogger
	for _, pkg := range sortedByPath(calls) {
		l := leveled(p.qualifier(pkg), func(name string) bool {
			fn, ok := pkg.Scope().Lookup(name).(*types.Func)
			return ok && isLeveledFunc(fn)
		})
		if l != nil && (best == nil || calls[pkg] > calls[best]) {
			best, found = pkg, l
			l.called = calls[pkg] > 0
		}
	}
	return found
}

// inModule reports whether pkg belongs to the module that is judged.
func (p *unit) inModule(pkg *types.Package) bool {
	m := p.pass.Module
	return m != nil && m.Path != "" && (pkg.Path() == m.Path || strings.HasPrefix(pkg.Path(), m.Path+"/"))
}

// isLeveledFunc reports whether fn is a function of a package that logs by level:
// fmt.Errorf, which returns what it makes, is none.
func isLeveledFunc(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && fn.Signature().Recv() == nil && fn.Signature().Results().Len() == 0 &&
		fn.Signature().Variadic() && (slices.Contains(errorNames, fn.Name()) || slices.Contains(plainNames, fn.Name()))
}

// sortedByPath returns the packages of a map in the order of their paths.
func sortedByPath(calls map[*types.Package]int) []*types.Package {
	var list []*types.Package
	for pkg := range calls {
		list = append(list, pkg)
	}
	slices.SortFunc(list, func(a, b *types.Package) int { return cmp.Compare(a.Path(), b.Path()) })
	return list
}

// qualifier returns the name by which the package's files call pkg: "" for
// itself.
func (p *unit) qualifier(pkg *types.Package) string {
	if pkg == p.pass.Pkg {
		return ""
	}
	return pkg.Name()
}

// logsAnyhow reports whether the package logs by any means.
func (p *unit) logsAnyhow() bool {
	own := p.ownLogger()
	return p.logs() || own != nil && own.called || p.usesStdLog()
}

// usesStdLog reports whether a file of the package imports the standard log
// package.
func (p *unit) usesStdLog() bool { return importsAny(p.pass, map[string]bool{"log": true}) }
