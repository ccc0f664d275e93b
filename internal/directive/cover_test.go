package directive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// read parses one file and returns its directives and its lines.
func read(t *testing.T, src string) (*Set, *token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return Read(fset, []*ast.File{f}), fset, f
}

// covered returns the lines, by number, at whose end ask says yes: no directive
// starts there.
func covered(fset *token.FileSet, f *ast.File, ask func(token.Pos) bool) []int {
	var lines []int
	tf := fset.File(f.FileStart)
	for line := 1; line <= tf.LineCount(); line++ {
		end := token.Pos(tf.Base() + tf.Size())
		if line < tf.LineCount() {
			end = tf.LineStart(line+1) - 1
		}
		if ask(end) {
			lines = append(lines, line)
		}
	}
	return lines
}

// marked returns the lines of src that hold the mark "█".
func marked(src string) []int {
	var lines []int
	for i, l := range strings.Split(src, "\n") {
		if strings.Contains(l, "█") {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// covers are sources in which █ marks the lines that their directives cover.
var covers = map[string]string{
	"behind code": `package p
func f(c chan int) {
	c <- 1
█	c <- 2 //asynclint:ignore r why
	c <- 3
}`,
	"line above": `package p
func f(c chan int) {
	c <- 1
█	//asynclint:ignore r why
█	c <- 2
	c <- 3
}`,
	"first line of a statement above": `package p
func f(c chan int) {
█	//asynclint:ignore r why
█	go func() {
		c <- 2
	}()
	c <- 3
}`,
	"group above": `package p
func f(c chan int) {
█	//asynclint:ignore r why
█	//asynclint:daemon why
█	c <- 2
	c <- 3
}`,
	"blank line between": `package p
func f(c chan int) {
█	//asynclint:ignore r why
█	
	c <- 2
}`,
	"behind a closing brace": `package p
func f(c chan int) {
	go func() {
		c <- 2
█	}() //asynclint:ignore r why
	c <- 3
}`,
	"behind an opening brace": `package p
func f(
	c chan int,
█) { //asynclint:ignore r why
	c <- 3
}`,
	"behind else and case": `package p
func f(c chan int) {
	if c == nil {
█	} else { //asynclint:ignore r why
		select {
█		default: //asynclint:ignore r why
			c <- 3
		}
	}
}`,
	"doc comment": `package p
// f does.
█//asynclint:ignore r why
█func f(c chan int) {
█	c <- 1
█}
func g() {}`,
	"documented type": `package p
█//asynclint:ignore r why
█type t struct {
█	c chan int
█}
var x int`,
	"documented variable of a group": `package p
var (
█	//asynclint:ignore r why
█	x = func() {
█		println()
█	}
	y int
)`,
	"behind the function's first line": `package p
█func f(c chan int) { //asynclint:ignore r why
	c <- 1
}`,
	"above the package clause": `█//asynclint:ignore r why
█package p
█func f(c chan int) {
█	c <- 1
█}`,
	"license, then nolint": `█// License.
█
█//nolint:r
█
█package p
█var x int`,
	"nolint behind code": `package p
func f(c chan int) {
█	go func() { //nolint:r
		c <- 2
	}()
}`,
	"nolint above a statement": `package p
func f(c chan int) {
█	//nolint:r
█	go func() {
█		c <- 2
█	}()
	c <- 3
}`,
	"nolint above, in another column": `package p
func f(c chan int) {
█		//nolint:r
█	go func() {
		c <- 2
	}()
	c <- 3
}`,
	"nolint above a function": `package p
█//nolint:r
█func f(c chan int) {
█	c <- 2
█}
func g() {}`,
	"line comments do not move it": `package p
func f(c chan int) {
//line other.y:100
█	//asynclint:ignore r why
█	c <- 2
	c <- 3
}`,
	"last line of a file": `package p
var x int
█//asynclint:ignore r why`,
	"other rule": `package p
var x int //asynclint:ignore q why`,
	"other linter": `package p
var x int //nolint:gosec`,
}

func TestCover(t *testing.T) {
	for name, src := range covers {
		t.Run(name, func(t *testing.T) {
			s, fset, f := read(t, strings.ReplaceAll(src, "█", ""))
			got := covered(fset, f, func(p token.Pos) bool { return s.Silences(p, "r", "pass") })
			if want := marked(src); !slices.Equal(got, want) {
				t.Errorf("covered lines %v, want %v in\n%s", got, want, src)
			}
		})
	}
}

func TestStated(t *testing.T) {
	for name, src := range map[string]string{
		"go statement": `package p
func f() {
	go f()
█	go f() //asynclint:daemon why
█	//asynclint:daemon why
█	go f()
}`,
		"function": `package p
█//asynclint:daemon why
█func f() {
█	go f()
█}`,
		"other kind":           "package p\n//asynclint:detached why\nfunc f() {}",
		"package clause":       "█//asynclint:daemon why\n█package p\nfunc f() {}",
		"without a reason too": "package p\n█//asynclint:daemon\n█func f() {}",
	} {
		t.Run(name, func(t *testing.T) {
			s, fset, f := read(t, strings.ReplaceAll(src, "█", ""))
			got := covered(fset, f, func(p token.Pos) bool { return s.Stated(Daemon, p) })
			if want := marked(src); !slices.Equal(got, want) {
				t.Errorf("covered lines %v, want %v in\n%s", got, want, src)
			}
		})
	}
}
