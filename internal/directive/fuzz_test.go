package directive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// FuzzRead: no source brings the reader down, and what it finds lies in the file.
func FuzzRead(f *testing.F) {
	for _, src := range []string{
		"package p\nfunc f() {} //asynclint:ignore r, q why", "//nolint\npackage p", "package p\n//asynclint:blocking\ntype i interface{ f() }",
		"package p\n//line x:1\n// asynclint:daemon\nvar x", "//asynclint:", "package p\n//nolint:all,\r\nfunc (",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		fset := token.NewFileSet()
		file, _ := parser.ParseFile(fset, "a.go", src, parser.ParseComments)
		if file == nil {
			return
		}
		s := Read(fset, []*ast.File{file})
		for _, d := range s.All() {
			if d.Pos < file.FileStart || d.End > file.FileEnd || d.VerbEnd > d.End {
				t.Errorf("%+v is not in the file", d)
			}
		}
	})
}
