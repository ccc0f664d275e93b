package directive

import (
	"go/ast"
	"slices"
	"testing"
)

func TestNamesSilence(t *testing.T) {
	for src, want := range map[string]bool{
		"//asynclint:ignore r why":         true,
		"//asynclint:ignore q,r why":       true,
		"//asynclint:ignore pass why":      true,
		"//asynclint:ignore asynclint why": true,
		"//asynclint:ignore q why":         false,
		"//asynclint:ignore why":           false,
		"//asynclint:daemon r":             false,
		"//nolint":                         true,
		"//nolint:all":                     true,
		"//nolint:asynclint":               true,
		"//nolint:gosec,pass // why":       true,
		"//nolint:gosec":                   false,
	} {
		s, _, f := read(t, "package p\nvar x int "+src)
		if got := s.Silences(f.Decls[0].Pos(), "r", "pass"); got != want {
			t.Errorf("%s: Silences = %v, want %v", src, got, want)
		}
		if all := s.All(); len(all) != 1 || all[0].Used != want {
			t.Errorf("%s: All = %+v, want used %v", src, all, want)
		}
	}
}

func TestHostsNolintIsLeftToIt(t *testing.T) {
	for comment, want := range map[string]bool{
		"//nolint":                  false,
		"//nolint:all":              false,
		"//nolint:asynclint // why": false,
		"//nolint:pass,asynclint":   false,
		"//nolint:pass":             true,
		"//nolint:r":                true,
		"//nolint:gosec":            false,
		"//asynclint:ignore r why":  true,
	} {
		s, _, f := read(t, "package p\nvar x int "+comment)
		if got := s.SilencesOwn(f.Decls[0].Pos(), "r", "pass"); got != want {
			t.Errorf("%s: SilencesOwn = %v, want %v", comment, got, want)
		}
	}
}

func TestOnDeclarations(t *testing.T) {
	s, _, f := read(t, `package p

// F returns at once.
//
//asynclint:nonblocking
func F() {}

func G() { //asynclint:nonblocking
}

func H() {}

type I interface {
	// A returns at once.
	//asynclint:nonblocking
	A()
	B() //asynclint:nonblocking
	C()
}
`)
	var funcs []bool
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok {
			funcs = append(funcs, s.OnFunc(NonBlocking, d))
			if s.OnFunc(Blocking, d) {
				t.Errorf("%s is not marked blocking", d.Name)
			}
		}
	}
	if want := []bool{true, true, false}; !slices.Equal(funcs, want) {
		t.Errorf("functions marked: %v, want %v", funcs, want)
	}
	var methods []bool
	for m := range interfaceMethods(f) {
		if s.OnMethod(NonBlocking, m) {
			methods = append(methods, true)
		}
	}
	if len(methods) != 2 {
		t.Errorf("%d methods marked, want 2", len(methods))
	}
	for _, d := range s.All() {
		if !d.Used || d.Problem != NoProblem {
			t.Errorf("%+v: want it used and without problem", d)
		}
	}
}

func TestMisplaced(t *testing.T) {
	s, _, _ := read(t, `package p

//asynclint:nonblocking

func F() {}

//asynclint:blocking
type T struct{ f func() }

//asynclint:blocking
var v = func() {}

var w = func() { //asynclint:nonblocking
}

type S struct {
	//asynclint:nonblocking
	f func()
}
`)
	want := []Problem{Misplaced, Misplaced, NoProblem, NoProblem, Misplaced}
	var got []Problem
	for _, d := range s.All() {
		got = append(got, d.Problem)
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems %v, want %v", got, want)
	}
}
