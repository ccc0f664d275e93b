package driver

import (
	"errors"
	"fmt"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/packages"
)

// Packages whose findings or facts are wanted and that use cgo are the only
// ones for which the go command has to do more than list: it runs cgo, which
// needs a C compiler, and hands over the Go files that result, as it does under
// go vet. Of other packages only declarations are read, in which C's types are
// rare; there they stay without type.

// usesC reports whether a file imports package C.
func usesC(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool {
		return spec.Path.Value == `"C"`
	})
}

// translate returns the Go files of n after cgo.
func (r *Run) translate(n *node) ([]string, error) {
	cfg := r.opts.listConfig(packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles)
	list, err := packages.Load(cfg, r.patternsOf(n)...)
	if err != nil {
		return nil, errors.New(tidy(err.Error()))
	}
	i := slices.IndexFunc(list, func(p *packages.Package) bool { return p.ID == n.pkg.ID })
	if i < 0 {
		return nil, errors.New("the go command does not list it")
	}
	if errs := list[i].Errors; len(errs) > 0 {
		return nil, errors.New(tidy(errs[0].Msg))
	}
	return list[i].CompiledGoFiles, nil
}

// patternsOf returns patterns that match n.
func (r *Run) patternsOf(n *node) []string {
	switch path := n.pkg.PkgPath; {
	case path == "command-line-arguments":
		return r.opts.Patterns
	case n.pkg.ForTest != "":
		return []string{n.pkg.ForTest, plainPath(n.pkg.ID)}
	default:
		return []string{path}
	}
}

// parseTranslated replaces the files of a unit that uses cgo by what cgo makes
// of them.
func (r *Run) parseTranslated(n *node, unit *Unit, errs *errorList) {
	names, err := r.translate(n)
	if err != nil {
		errs.add(fmt.Errorf("not analysed: cgo does not work here: %w", err))
		return
	}
	unit.Files = r.parseFull(n, names, errs)
	if slices.ContainsFunc(unit.Files, usesC) { // the go command gave cgo up in silence
		errs.add(errors.New("not analysed: cgo does not work here; go build may say why"))
	}
}
