package driver

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"

	"golang.org/x/tools/go/ast/astutil"
)

// dropUnusedImports removes the imports of a file that its text before still
// used and that its text after uses no more: several fixes may each take away
// one use, and only together the last. What cannot be parsed is left as it is.
//
// A package's name is guessed from its path, as in any single file. A wrong
// guess finds no use before either, so that the import stays.
func dropUnusedImports(before, after []byte) []byte {
	old, err := parser.ParseFile(token.NewFileSet(), "", before, 0)
	if err != nil {
		return after
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", after, parser.ParseComments)
	if err != nil {
		return after
	}
	changed := false
	for _, spec := range old.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && path != "C" && astutil.UsesImport(old, path) && !astutil.UsesImport(file, path) {
			changed = astutil.DeleteNamedImport(fset, file, importName(spec), path) || changed
		}
	}
	if !changed {
		return after
	}
	var out bytes.Buffer
	if err := format.Node(&out, fset, file); err != nil {
		return after
	}
	return out.Bytes()
}

// importName returns the name that an import declares itself, or "".
func importName(spec *ast.ImportSpec) string {
	if spec.Name == nil {
		return ""
	}
	return spec.Name.Name
}
