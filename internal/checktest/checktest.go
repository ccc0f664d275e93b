// Package checktest tests passes against Go source.
//
// Fixtures live in one tree, testdata/src at the top of the repository: a
// fixture's directory is its import path (testdata/src/lockacrossblock/chanop
// is "lockacrossblock/chanop"), and stubs of third-party packages stand under
// their real paths, once. A comment behind a line says what must be reported
// there, in words of the message:
//
//	s.out <- v // want "s.mu is held across a send on s.out"
//
// Several strings mean several reports; /* want "…" */ does the same in front
// of another comment. A line without a want must stay silent. Files named
// _test.go belong to their package. A //go:build go1.21 line lowers the
// language version of its file; without it the version is the toolchain's.
//
// Fixtures are the main module of their tests; a path whose first element has a
// dot is a third-party module, so that facts treat it as one. The standard
// library is read from source without function bodies. Nothing is compiled and
// no go command runs, which keeps tests quick.
//
// Settings are one value per process, so tests that change them (Strict, Set)
// must not run in parallel.
package checktest

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/rule"
)

// Strict makes level strict hold until the end of the test.
func Strict(t testing.TB) {
	t.Helper()
	Set(t, func(s *config.Settings) { s.Level = rule.Strict })
}

// Set changes a copy of the settings and makes it hold until the end of the
// test.
func Set(t testing.TB, change func(*config.Settings)) {
	t.Helper()
	old := config.Active()
	changed := *old
	change(&changed)
	config.Use(&changed)
	t.Cleanup(func() { config.Use(old) })
}

// Run analyses the fixtures at paths and compares the reports with the wants.
// Each report must have the form every message has, a second run must say the
// same, and each fix must type-check and cure what it is offered for; all fixes
// of a file together must give the content of <file>.golden if that exists.
func Run(t *testing.T, a *analysis.Analyzer, paths ...string) {
	t.Helper()
	again := Analyze(t, a, paths...)
	for i, act := range Analyze(t, a, paths...) {
		checkWants(t, act)
		checkReports(t, act, again[i])
	}
}

// checkReports holds the reports of act to what all reports owe; again is
// another run over the same package.
func checkReports(t *testing.T, act, again *checker.Action) {
	t.Helper()
	checkMessages(t, act)
	checkFixes(t, act)
	if a, b := transcript(act), transcript(again); a != b {
		t.Errorf("%s: two runs differ:\n%s\nand\n%s", act.Package.PkgPath, a, b)
	}
}

// transcript renders everything act reports, in its order.
func transcript(act *checker.Action) string {
	var b strings.Builder
	for _, d := range act.Diagnostics {
		fmt.Fprintf(&b, "%d-%d %s %s\n", d.Pos, d.End, d.Category, d.Message)
		for _, r := range d.Related {
			fmt.Fprintf(&b, "\t%d-%d %s\n", r.Pos, r.End, r.Message)
		}
		for _, fix := range d.SuggestedFixes {
			fmt.Fprintf(&b, "\t%s %v\n", fix.Message, fix.TextEdits)
		}
	}
	return b.String()
}

// Analyze runs a over the fixtures at paths and returns one action for each,
// with its diagnostics and result. It fails the test if a fixture does not
// type-check or a returns an error.
func Analyze(t *testing.T, a *analysis.Analyzer, paths ...string) []*checker.Action {
	t.Helper()
	var pkgs []*packages.Package
	for _, path := range paths {
		pkg, err := fixtures().load(path)
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, pkg)
	}
	return analyze(t, a, pkgs)
}

// analyze runs a over pkgs, with facts passed on in encoded form as separate
// processes would.
func analyze(t *testing.T, a *analysis.Analyzer, pkgs []*packages.Package) []*checker.Action {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatalf("%s: %v", act.Package.PkgPath, act.Err)
		}
	}
	return graph.Roots
}
