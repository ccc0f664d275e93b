package directive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestEmptySetsAnswerNo(t *testing.T) {
	empty, _, f := read(t, "package p\nfunc f() {}")
	decl := f.Decls[0].(*ast.FuncDecl)
	for _, s := range []*Set{nil, empty} {
		if s.Silences(decl.Pos(), "r", "p") || s.Stated(Daemon, decl.Pos()) || s.OnFunc(Blocking, decl) ||
			s.OnMethod(Blocking, &ast.Field{}) || len(s.All()) != 0 {
			t.Error("an empty set said yes")
		}
	}
}

func TestOddPositions(t *testing.T) {
	s, fset, _ := read(t, "package p\nvar x int //nolint")
	other := fset.AddFile("b.go", -1, 100)
	for _, p := range []token.Pos{token.NoPos, other.Pos(5), token.Pos(1 << 30)} {
		if s.Silences(p, "r", "p") {
			t.Errorf("position %d is silenced", p)
		}
	}
	if s.OnFunc(Blocking, nil) || s.OnMethod(Blocking, nil) {
		t.Error("nothing is marked")
	}
}

func TestNoDirectiveSilencesItself(t *testing.T) {
	s, _, f := read(t, "package p\nvar x int //nolint")
	if s.Silences(f.Comments[0].Pos(), "r", "p") || s.All()[0].Used {
		t.Error("a report about the directive is silenced by it")
	}
}

func TestAllIsInSourceOrder(t *testing.T) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range []string{"a.go", "b.go"} {
		src := "package p\n//asynclint:daemon " + name + " first\n\n//asynclint:daemon " + name + " second\n"
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	all := Read(fset, files).All()
	want := []string{"a.go first", "a.go second", "b.go first", "b.go second"}
	if len(all) != len(want) {
		t.Fatalf("%d directives, want %d", len(all), len(want))
	}
	for i, d := range all {
		if d.Reason != want[i] {
			t.Errorf("directive %d is %q, want %q", i, d.Reason, want[i])
		}
	}
}

func TestBrokenSource(t *testing.T) {
	for _, src := range []string{
		"", "package", "//nolint", "package p\nfunc f( //nolint\n", "package p\n//asynclint:blocking\nfunc (\n{ x := ",
		"package p\ntype t interface { //asynclint:blocking\n f(", "//asynclint:ignore r why\npackage p; var x = []int{ //nolint\n",
	} {
		fset := token.NewFileSet()
		f, _ := parser.ParseFile(fset, "a.go", src, parser.ParseComments)
		if f == nil {
			continue
		}
		Read(fset, []*ast.File{f}).Silences(f.FileStart, "r", "p")
	}
}

// TestSharedUse is for the race detector, and for the mark itself.
func TestSharedUse(t *testing.T) {
	s, _, f := read(t, "package p\nvar x int //nolint")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s.Silences(f.Decls[0].Pos(), "r", "p")
			s.All()
		})
	}
	wg.Wait()
	if !s.All()[0].Used {
		t.Error("the directive is not marked as used")
	}
}

func TestAnalyzer(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{Analyzer}); err != nil {
		t.Fatal(err)
	}
	_, fset, f := read(t, "package p\nvar x int //nolint")
	got, err := Analyzer.Run(&analysis.Pass{Analyzer: Analyzer, Fset: fset, Files: []*ast.File{f}})
	if err != nil || len(got.(*Set).All()) != 1 {
		t.Errorf("Run = %v, %v; want one directive", got, err)
	}
}
