package printlog

// Edits of a file's imports. A must-analysis: where a name might be shadowed or
// a declaration is laid out oddly, there is no edit and so no fix. Additions are
// the same text at the same place for every fix of a file, so that drivers can
// apply many fixes at once.

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynclint/asynclint/internal/symbol"
)

// nameFor returns the name by which code at c can use the package path, and the
// edit that imports it if needed.
func (p *unit) nameFor(c inspector.Cursor, path string) (name string, edits []analysis.TextEdit, ok bool) {
	f := file(c)
	for _, spec := range f.Imports {
		pkgName := p.info.PkgNameOf(spec)
		if pkgName == nil || withoutVendor(pkgName.Imported().Path()) != path || pkgName.Name() == "." || pkgName.Name() == "_" {
			continue
		}
		if p.visible(c, pkgName) != nil {
			return pkgName.Name(), nil, true
		}
	}
	base := symbol.PkgBase(path)
	for _, candidate := range []string{base, symbol.PkgBase(parent(path)) + base} {
		if p.isFree(c, candidate) {
			return candidate, []analysis.TextEdit{addImport(f, candidate, base, path)}, true
		}
	}
	return "", nil, false
}

// parent returns the import path above path: the alias of log/slog is logslog.
func parent(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return path
}

// isFree reports whether a name means nothing at c nor in the package, nor in
// any scope of the file, where an import of that name could capture it.
func (p *unit) isFree(c inspector.Cursor, name string) bool {
	s := p.scopeAt(c)
	if s == nil || p.pass.Pkg.Scope().Lookup(name) != nil || p.info.Scopes[file(c)].Lookup(name) != nil {
		return false
	}
	_, obj := s.LookupParent(name, c.Node().Pos())
	return obj == nil
}

// addImport inserts an import at a place that is the same for every fix.
func addImport(f *ast.File, name, base, path string) analysis.TextEdit {
	spec := strconv.Quote(path)
	if name != base {
		spec = name + " " + spec
	}
	for _, d := range f.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT || isCgo(decl) {
			continue
		}
		if decl.Lparen.IsValid() {
			return insertion(decl.Lparen+1, "\n\t"+spec)
		}
		return insertion(decl.Pos(), "import "+spec+"\n")
	}
	return insertion(f.Name.End(), "\n\nimport "+spec)
}

// isCgo reports whether decl imports C, whose comment belongs to the compiler.
func isCgo(decl *ast.GenDecl) bool {
	for _, s := range decl.Specs {
		if spec, ok := s.(*ast.ImportSpec); ok && spec.Path.Value == `"C"` {
			return true
		}
	}
	return false
}

// insertion is the edit that inserts text at pos.
func insertion(pos token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
}

// dropUnused returns edits that remove the imports whose last uses are inside
// old and outside of what is kept of it.
func (p *unit) dropUnused(f *ast.File, old ast.Node, kept []ast.Node) ([]analysis.TextEdit, bool) {
	var edits []analysis.TextEdit
	for _, spec := range f.Imports {
		name := p.info.PkgNameOf(spec)
		if name == nil || name.Name() == "_" || !p.losesLast(f, name, old, kept) {
			continue
		}
		edit, ok := p.removeImport(f, spec)
		if !ok {
			return nil, false
		}
		edits = append(edits, edit)
	}
	return edits, true
}

// losesLast reports whether a package is used in old, and nowhere else in the
// file but there.
func (p *unit) losesLast(f *ast.File, name *types.PkgName, old ast.Node, kept []ast.Node) bool {
	if name.Name() == "." {
		return false // its uses cannot be told apart; drivers tidy up
	}
	lost, left := 0, 0
	ast.Inspect(f, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || p.info.Uses[id] != name {
			return true
		}
		if within(id, old) && !withinAny(id, kept) {
			lost++
		} else {
			left++
		}
		return true
	})
	return lost > 0 && left == 0
}

// within reports whether n lies in outer.
func within(n, outer ast.Node) bool { return outer.Pos() <= n.Pos() && n.End() <= outer.End() }

// withinAny reports whether n lies in one of outer.
func withinAny(n ast.Node, outer []ast.Node) bool {
	for _, o := range outer {
		if within(n, o) {
			return true
		}
	}
	return false
}

// removeImport deletes the lines of one import.
func (p *unit) removeImport(f *ast.File, spec *ast.ImportSpec) (analysis.TextEdit, bool) {
	for _, d := range f.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT || !within(spec, decl) {
			continue
		}
		if !decl.Lparen.IsValid() {
			return analysis.TextEdit{Pos: decl.Pos(), End: decl.End()}, true
		}
		return p.removeLine(decl, spec)
	}
	return analysis.TextEdit{}, false
}

// removeLine deletes the line of a spec that has it for itself.
func (p *unit) removeLine(decl *ast.GenDecl, spec *ast.ImportSpec) (analysis.TextEdit, bool) {
	file := p.pass.Fset.File(spec.Pos())
	line := file.PositionFor(spec.Pos(), false).Line
	lineOf := func(pos token.Pos) int { return file.PositionFor(pos, false).Line }
	if lineOf(decl.Lparen) == line || lineOf(decl.Rparen) == line {
		return analysis.TextEdit{}, false
	}
	for _, other := range decl.Specs {
		if other != ast.Spec(spec) && lineOf(other.Pos()) == line {
			return analysis.TextEdit{}, false
		}
	}
	return analysis.TextEdit{Pos: file.LineStart(line), End: file.LineStart(line + 1)}, true
}
