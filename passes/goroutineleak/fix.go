package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
)

// detachFix wraps the request's context where the goroutine uses it. Values
// stay, and the end of the request no longer ends the work, which is its
// purpose. A function with a name may have other callers, who want to be able
// to cancel it.
func (j *judge) detachFix(s *model.Spawn, use *ctxUse) *analysis.SuggestedFix {
	if use.f != s.Func && use.f.Decl() != s.Func.Decl() {
		return nil
	}
	arg := contextArg(j.Package, j.CallSyntax(use.call))
	file := j.fileAt(use.pos)
	if arg == nil || file == nil || !j.hasWithoutCancel(file) {
		return nil
	}
	edits, ok := j.importPackage("context", file, arg.Pos())
	if !ok {
		return nil
	}
	return &analysis.SuggestedFix{
		Message: "Detach the context",
		TextEdits: append(edits,
			analysis.TextEdit{Pos: arg.Pos(), End: arg.Pos(), NewText: []byte("context.WithoutCancel(")},
			analysis.TextEdit{Pos: arg.End(), End: arg.End(), NewText: []byte(")")},
		),
	}
}

// contextArg returns the only argument of a call that is a context, or nil.
func contextArg(p *model.Package, call *ast.CallExpr) (found ast.Expr) {
	if call == nil {
		return nil
	}
	for _, arg := range call.Args {
		if t := p.TypeOf(arg); t != nil && model.IsContext(t) {
			if found != nil {
				return nil
			}
			found = arg
		}
	}
	return found
}

// fileAt returns the file that holds pos, or nil.
func (j *judge) fileAt(pos token.Pos) *ast.File {
	for _, f := range j.Pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// hasWithoutCancel reports whether the file's language version has
// context.WithoutCancel.
func (j *judge) hasWithoutCancel(file *ast.File) bool {
	v := j.Pass.TypesInfo.FileVersions[file]
	return v == "" || version.Compare(v, "go1.21") >= 0
}

// importPackage returns the edit that imports a package of one word, none if it is
// imported; ok is false if the name means something else at pos.
func (j *judge) importPackage(path string, file *ast.File, pos token.Pos) (edits []analysis.TextEdit, ok bool) {
	scope := j.Pass.TypesInfo.Scopes[file]
	if inner := scope.Innermost(pos); inner != nil {
		scope = inner
	}
	if _, obj := scope.LookupParent(path, pos); obj != nil {
		name, isPkg := obj.(*types.PkgName)
		return nil, isPkg && name.Imported().Path() == path
	}
	for _, decl := range file.Decls {
		if d, isGen := decl.(*ast.GenDecl); isGen && d.Tok == token.IMPORT {
			return []analysis.TextEdit{importEdit(d, path)}, true
		}
	}
	return nil, false
}

// importEdit adds the import in front of the first one.
func importEdit(d *ast.GenDecl, path string) analysis.TextEdit {
	if d.Lparen.IsValid() && len(d.Specs) > 0 {
		at := d.Specs[0].Pos()
		return analysis.TextEdit{Pos: at, End: at, NewText: []byte(strconv.Quote(path) + "\n\t")}
	}
	return analysis.TextEdit{Pos: d.Pos(), End: d.Pos(), NewText: []byte("import " + strconv.Quote(path) + "\n")}
}
