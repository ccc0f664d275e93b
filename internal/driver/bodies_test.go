package driver

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBlankBodiesKeepsDeclarations holds that blanking changes nothing but
// bodies, on every file of the standard library.
func TestBlankBodiesKeepsDeclarations(t *testing.T) {
	files, blanked := 0, 0
	root := filepath.Join(build.Default.GOROOT, "src")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "testdata" || d.Name() == "cmd") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		want := declarations(t, path, src)
		before := len(bytes.Fields(src))
		blankBodies(src)
		if len(bytes.Fields(src)) < before {
			blanked++
		}
		if got := declarations(t, path, src); got != want {
			t.Errorf("%s: declarations differ after blanking:\n%s\nwant:\n%s", path, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 1000 || blanked < files/2 {
		t.Errorf("blanked %d of %d files", blanked, files)
	}
}

// declarations prints a file without bodies and comments.
func declarations(t *testing.T, name string, src []byte) string {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return err.Error()
	}
	dropBodies(f)
	var b strings.Builder
	for _, decl := range f.Decls {
		b.WriteString(fset.Position(decl.Pos()).String() + " ")
		if err := printer.Fprint(&b, fset, decl); err != nil {
			t.Fatal(err)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestBlankBodiesOddLayout(t *testing.T) {
	const src = "package p\n" +
		"var f =\nfunc() int { return '{' }\n" +
		"func g(a struct{ x int }, b interface{ m() }) (func() struct{}, map[string]struct{}) { return nil, `}` }\n" +
		"func asm(x int) interface{}\n" +
		"type t struct { f func() }\n" +
		"func (*t) m() { /* } */ _ = \"}\\\"\" // }\n}\n" +
		"func h[T interface{ ~int | struct{} }](x T) { for { } }\n" +
		"var last = 1\n"
	blanked := []byte(src)
	blankBodies(blanked)
	if want, got := declarations(t, "p.go", []byte(src)), declarations(t, "p.go", blanked); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	for _, gone := range []string{"return nil", "_ =", "for"} {
		if bytes.Contains(blanked, []byte(gone)) {
			t.Errorf("%q is still there:\n%s", gone, blanked)
		}
	}
	if !bytes.Contains(blanked, []byte("return '{'")) {
		t.Errorf("the literal is no declaration:\n%s", blanked)
	}
}

func TestDropPrivate(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", `package p
var V = used()
func used() int
func unused(int)
func Exported()
type t int
func (t) method()
func init()
`, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	dropPrivate([]*ast.File{f})
	var names []string
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			names = append(names, fn.Name.Name)
		}
	}
	if got := strings.Join(names, " "); got != "used Exported method" {
		t.Errorf("kept %q", got)
	}
}
