package driver

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// lazyCheck is a package's type information, made when first asked for.
type lazyCheck struct {
	once sync.Once
	pkg  *types.Package
	errs []Problem
}

// maxErrors bounds the errors told of one package.
const maxErrors = 10

// declared returns the declarations of n, function bodies unread.
func (r *Run) declared(n *node) *types.Package {
	n.check.once.Do(func() {
		r.checkImports(n)
		r.cpu <- struct{}{}
		defer func() { <-r.cpu }()
		r.checkDeclarations(n)
	})
	return n.check.pkg
}

// full returns n as a unit for analyzers. It must be called before declared is,
// and once, since syntax trees are not kept. It leaves a token in r.cpu for the
// caller to take out: a checked package is analysed before another is begun,
// lest many trees wait in memory.
func (r *Run) full(n *node) *Unit {
	unit := new(Unit)
	n.check.once.Do(func() {
		r.checkImports(n)
		r.cpu <- struct{}{}
		r.checkUnit(n, unit)
	})
	return unit
}

// checkImports sees to it that the declarations of all n imports are known.
func (r *Run) checkImports(n *node) {
	var wg sync.WaitGroup
	for _, imp := range n.imports {
		if imp.pkg.PkgPath != "unsafe" {
			wg.Go(func() { r.declared(imp) })
		}
	}
	wg.Wait()
}

// checkDeclarations type-checks n without function bodies. Errors are nobody's
// business: where they matter, the package is broken for the compiler as well.
func (r *Run) checkDeclarations(n *node) {
	files := parseDeclarations(r.prog.fset, n.pkg.GoFiles)
	if n.role == dependency {
		dropNames(files) // messages may name parameters of the user's own code
	}
	conf := r.typesConfig(n)
	conf.IgnoreFuncBodies = true
	conf.Error = func(error) {}
	pkg, _ := conf.Check(n.pkg.PkgPath, r.prog.fset, files, nil)
	n.check.pkg = pkg
	err := r.facts.decode(n.outcome.Facts, func(string) *types.Package { return pkg })
	if err != nil { // the cache entry was whole, so this is a defect of a fact type
		n.outcome.problems = append(n.outcome.problems, Problem{Package: n.pkg.ID, Message: err.Error()})
	}
}

// checkUnit type-checks n in full.
func (r *Run) checkUnit(n *node, unit *Unit) {
	errs := &errorList{of: n.pkg.PkgPath}
	unit.Files = r.parseFull(n, n.pkg.GoFiles, errs)
	if len(errs.list) == 0 && slices.ContainsFunc(unit.Files, usesC) {
		r.parseTranslated(n, unit, errs)
	}
	conf := r.typesConfig(n)
	conf.Error = func(err error) {
		if !errs.syntax { // what a missing file declares is missed everywhere
			errs.add(err)
		}
	}
	unit.Info = newInfo()
	n.check.pkg, _ = conf.Check(n.pkg.PkgPath, r.prog.fset, unit.Files, unit.Info)
	n.check.errs = errs.list
	unit.ID = n.pkg.ID
	unit.Fset = r.prog.fset
	unit.OtherFiles = n.pkg.OtherFiles
	unit.IgnoredFiles = n.pkg.IgnoredFiles
	unit.Pkg = n.check.pkg
	unit.Sizes = r.prog.sizes
	unit.Module = moduleOf(n)
}

// parseFull parses files with bodies and comments.
func (r *Run) parseFull(n *node, names []string, errs *errorList) []*ast.File {
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(r.prog.fset, name, n.source(name), parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			errs.add(err)
			continue
		}
		files = append(files, f)
	}
	return files
}

// source returns what the parser shall read of a file: the bytes that went
// into the package's key, so that results are kept under the right one, or nil
// for the file itself.
func (n *node) source(file string) any {
	if data, ok := n.sources[file]; ok {
		return data
	}
	return nil
}

// typesConfig returns the configuration both ways of checking share.
func (r *Run) typesConfig(n *node) *types.Config {
	return &types.Config{
		Importer:    importerOf{r, n},
		Sizes:       r.prog.sizes,
		GoVersion:   goVersion(n),
		FakeImportC: true,
	}
}

// importerOf imports for one package, whose test variant or vendor directory
// may give a path a meaning of its own.
type importerOf struct {
	run  *Run
	node *node
}

// Import implements types.Importer.
func (m importerOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	n := m.node.byPath[path]
	if n == nil {
		return nil, errors.New("the go command does not list it")
	}
	if isEmpty(n.pkg) && len(n.pkg.Errors) > 0 {
		return nil, errors.New(tidy(n.pkg.Errors[0].Msg))
	}
	pkg := m.run.declared(n)
	if pkg == nil {
		return nil, errors.New("it has no declarations")
	}
	return pkg, nil
}

// goVersion returns the language version of n's module as the type checker
// spells it; empty means the newest.
func goVersion(n *node) string {
	switch m := n.pkg.Module; {
	case m == nil:
		return ""
	case m.GoVersion == "":
		return "go1.16" // what the go command assumes of a go.mod that says nothing
	default:
		return "go" + m.GoVersion
	}
}

// moduleOf returns what analyzers may know of n's module.
func moduleOf(n *node) *analysis.Module {
	m := n.pkg.Module
	if m == nil {
		return nil
	}
	return &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}
}

// errorList collects what is wrong with one package.
type errorList struct {
	of     string
	list   []Problem
	syntax bool // a file does not parse
}

// add adds an error of the scanner, parser or type checker.
func (l *errorList) add(err error) {
	if len(l.list) >= maxErrors {
		return
	}
	switch err := err.(type) {
	case scanner.ErrorList:
		l.syntax = true
		for _, e := range err[:min(len(err), maxErrors-len(l.list))] {
			l.list = append(l.list, Problem{Pos: e.Pos.String(), Package: l.of, Message: e.Msg})
		}
	case types.Error:
		l.list = append(l.list, Problem{
			Pos: err.Fset.Position(err.Pos).String(), Package: l.of, Message: err.Msg,
		})
	default:
		l.syntax = true
		l.list = append(l.list, Problem{Package: l.of, Message: fmt.Sprint(err)})
	}
}
