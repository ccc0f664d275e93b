package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/directive"
)

// Analyzer computes the facts of one package. It requires nothing that has
// facts or builds SSA, so it is cheap on dependencies.
var Analyzer = &analysis.Analyzer{
	Name:       "asynclintfacts",
	Doc:        "compute what calling a function can do to its caller's goroutine",
	Requires:   []*analysis.Analyzer{directive.Analyzer},
	FactTypes:  []analysis.Fact{new(Fact)},
	ResultType: reflect.TypeFor[*Index](),
	Run:        run,
}

// run computes the facts of one package, step by step.
func run(pass *analysis.Pass) (any, error) {
	ix := newIndex(pass)
	if !isRead(pass) {
		return ix, nil
	}
	ix.readMarks(pass.Files)
	ix.readBodies(pass.Files)
	ix.solve()
	ix.readLocks()
	if isShared(pass) {
		ix.export(pass)
	}
	return ix, nil
}

// isRead reports whether this package's bodies are read: those of the main
// module and of the workspace are, the tables know the rest. Drivers that know
// no modules (GOROOT, tests) only show us what was asked for.
func isRead(pass *analysis.Pass) bool {
	return pass.Module == nil || pass.Module.Version == "" || config.Active().Facts == "all"
}

// readMarks finds what directives say of functions and interface methods.
func (ix *Index) readMarks(files []*ast.File) {
	if len(ix.set.All()) == 0 {
		return
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				ix.mark(n.Name, func(k directive.Kind) bool { return ix.set.OnFunc(k, n) })
			case *ast.InterfaceType:
				ix.readInterface(n)
			}
			return true
		})
	}
}

// readInterface finds what directives say of an interface's methods.
func (ix *Index) readInterface(n *ast.InterfaceType) {
	for _, m := range n.Methods.List {
		for _, name := range m.Names {
			ix.mark(name, func(k directive.Kind) bool { return ix.set.OnMethod(k, m) })
		}
	}
}

// mark notes what a directive says of the function called name.
func (ix *Index) mark(name *ast.Ident, on func(directive.Kind) bool) {
	fn, ok := ix.info.Defs[name].(*types.Func)
	if !ok {
		return
	}
	switch {
	case on(directive.NonBlocking):
		ix.marks[fn] = PromiseNonBlocking
	case on(directive.Blocking):
		ix.marks[fn] = PromiseBlocking
	}
}

// readBodies walks every declared function once, in source order. All functions
// are known before the first call is looked at.
func (ix *Index) readBodies(files []*ast.File) {
	for d := range declarations(files) {
		if decl, ok := d.(*ast.FuncDecl); ok {
			ix.declare(decl)
		}
	}
	for d := range declarations(files) {
		if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.VAR {
			ix.readGlobals(decl)
		}
	}
	for _, f := range ix.funcs {
		newWalker(ix, f).walk(f.decl.Body)
		ix.byPos = append(ix.byPos, f)
	}
	slices.SortFunc(ix.byPos, func(a, b *function) int { return int(a.span.Pos() - b.span.Pos()) })
}

// declarations yields the top-level declarations in source order.
func declarations(files []*ast.File) iter.Seq[ast.Decl] {
	return func(yield func(ast.Decl) bool) {
		for _, file := range files {
			for _, d := range file.Decls {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// declare gives a function its place before any body is read, so that calls
// find it.
func (ix *Index) declare(decl *ast.FuncDecl) {
	fn, ok := ix.info.Defs[decl.Name].(*types.Func)
	if !ok || decl.Body == nil {
		return
	}
	f := newFunction(fn, decl)
	ix.funcs = append(ix.funcs, f)
	ix.byFunc[fn] = f
}

// export publishes the summaries that say something.
func (ix *Index) export(pass *analysis.Pass) {
	for _, f := range ix.funcs {
		if f.obj.Name() == "_" || f.obj.Name() == "init" {
			continue
		}
		s := ix.Of(f.obj)
		if s.isEmpty() {
			continue
		}
		s.Waits = ix.withTails(s.Waits)
		pass.ExportObjectFact(f.obj, &Fact{s})
	}
	for fn, promise := range ix.marks {
		if ix.byFunc[fn] == nil {
			pass.ExportObjectFact(fn, &Fact{Summary{Known: true, Promise: promise, Waits: stated(promise)}})
		}
	}
}
