package verify_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynclint/asynclint/internal/verify"
)

// mark is a comment of a fixture that says what happens on its line.
type mark struct {
	at     string // "file.go:12"
	stuck  string // the kind of proof wanted, "" for a consequence of another
	unseen bool   // the runtime does not see it
}

// load type-checks the packages that the patterns name.
func load(t testing.TB, patterns ...string) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
	}
	return pkgs
}

// prove runs the checker on one package.
func prove(t testing.TB, pkg *packages.Package) *verify.Result {
	t.Helper()
	g, err := checker.Analyze([]*analysis.Analyzer{verify.Analyzer}, []*packages.Package{pkg}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if g.Roots[0].Err != nil {
		t.Fatal(g.Roots[0].Err)
	}
	return g.Roots[0].Result.(*verify.Result)
}

// marks reads the comments "stuck KIND", "also" and "unseen" of a directory.
func marks(t testing.TB, dir string) []mark {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []mark
	for _, name := range files {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				if m, ok := readMark(fset, c); ok {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

func readMark(fset *token.FileSet, c *ast.Comment) (mark, bool) {
	words := strings.Fields(strings.TrimPrefix(c.Text, "//"))
	if len(words) == 0 || words[0] != "stuck" && words[0] != "also" {
		return mark{}, false
	}
	m := mark{at: at(fset, c.Pos()), unseen: slices.Contains(words, "unseen")}
	if words[0] == "stuck" {
		m.stuck = words[1]
	}
	return m, true
}

func at(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}

// TestMarks compares the proofs with the marks of the fixtures.
func TestMarks(t *testing.T) {
	pkg := load(t, "./testdata/leak")[0]
	want := make(map[string]string)
	for _, m := range marks(t, "testdata/leak") {
		if m.stuck != "" {
			want[m.at] = m.stuck
		}
	}
	for _, s := range prove(t, pkg).Stuck {
		where := at(pkg.Fset, s.Op.Pos)
		if want[where] != s.Kind.String() {
			t.Errorf("%s: %s proved, want %q\n%s", where, s.Kind, want[where], steps(pkg.Fset, s))
		}
		delete(want, where)
	}
	for where, kind := range want {
		t.Errorf("%s: %s not proved", where, kind)
	}
}

func steps(fset *token.FileSet, s *verify.Stuck) string {
	var b strings.Builder
	for i, st := range s.Steps {
		fmt.Fprintf(&b, "\t%d. %s %s\n", i+1, at(fset, st.Pos), st.Text)
	}
	return b.String()
}

// TestRuntime runs the fixtures under the Go runtime's own leak detector: each
// mark must be a line where it sees a goroutine leak, and there must be no
// other. Schedules differ, so what has not leaked yet gets more runs.
func TestRuntime(t *testing.T) {
	all := marks(t, "testdata/leak")
	slices.SortFunc(all, func(a, b mark) int { return cmp.Compare(a.at, b.at) })
	leaked := make(map[string]bool)
	for range 6 {
		if runLeaks(t, leaked); isComplete(all, leaked) {
			break
		}
	}
	for _, m := range all {
		if !leaked[m.at] && !m.unseen {
			t.Errorf("%s: the runtime sees no leak", m.at)
		}
		delete(leaked, m.at)
	}
	for where := range leaked {
		t.Errorf("%s: the runtime sees a leak that is not marked", where)
	}
}

// runLeaks runs the fixtures once and adds the lines that leak.
func runLeaks(t *testing.T, leaked map[string]bool) {
	cmd := exec.Command("go", "run", "./testdata/leak")
	cmd.Env = append(os.Environ(), "GOEXPERIMENT=goroutineleakprofile")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.FieldsSeq(string(out)) {
		leaked[line] = true
	}
}

// isComplete reports whether every mark that can be seen has been seen.
func isComplete(all []mark, leaked map[string]bool) bool {
	return !slices.ContainsFunc(all, func(m mark) bool { return !leaked[m.at] && !m.unseen })
}

// TestDeterminism runs the checker twice and compares everything it says.
func TestDeterminism(t *testing.T) {
	pkg := load(t, "./testdata/leak")[0]
	first := describe(pkg.Fset, prove(t, pkg))
	for range 3 {
		if again := describe(pkg.Fset, prove(t, pkg)); again != first {
			t.Fatalf("two runs differ:\n%s\n%s", first, again)
		}
	}
}

func describe(fset *token.FileSet, r *verify.Result) string {
	var b strings.Builder
	for _, s := range r.Stuck {
		fmt.Fprintf(&b, "%s %s %v %v\n%s", at(fset, s.Op.Pos), s.Kind, s.Fix, s.Abandon != nil, steps(fset, s))
	}
	fmt.Fprintf(&b, "%+v", r.Stats)
	return b.String()
}

// TestBounds holds the fixtures to the bounds: none may be given up.
func TestBounds(t *testing.T) {
	stats := prove(t, load(t, "./testdata/leak")[0]).Stats
	if stats.Roots == 0 || stats.States < stats.Roots {
		t.Errorf("hardly anything was explored: %+v", stats)
	}
	if stats.Over > 0 || stats.Left > 8 { // crawlOK counts without bound
		t.Errorf("fixtures were given up: %+v", stats)
	}
	if stats.Widest > 300 {
		t.Errorf("a fixture needs %d states", stats.Widest)
	}
}
