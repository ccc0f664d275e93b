package checktest

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/rule"
)

// Manual checks the manual of a against its rules and runs the examples: a
// rule's Example must be reported by that rule and no other at the level of the
// rule, its Instead must be silent there.
func Manual(t *testing.T, a *analysis.Analyzer, rules rule.Table) {
	t.Helper()
	manual, err := docs.Parse(a.Doc)
	if err != nil {
		t.Fatal(err)
	}
	if manual.Pass != a.Name {
		t.Errorf("manual is titled %q: want %q", manual.Pass, a.Name)
	}
	for _, described := range manual.Rules {
		if _, _, ok := rules.Find(described.Name); !ok {
			t.Errorf("manual describes %q, which is no rule of %s", described.Name, a.Name)
		}
	}
	for _, r := range rules {
		described, ok := manual.Find(r.Name)
		if !ok {
			t.Errorf("rule %s is not in the manual of %s", r.Name, a.Name)
			continue
		}
		t.Run(r.Name, func(t *testing.T) {
			Set(t, func(s *config.Settings) { s.Level = r.Level })
			checkExample(t, runSnippet(t, a, described.Example), r.Name)
			checkInstead(t, runSnippet(t, a, described.Instead))
		})
	}
}

// checkExample wants reports of the rule called name and of no other.
func checkExample(t *testing.T, act *checker.Action, name string) {
	t.Helper()
	if len(act.Diagnostics) == 0 {
		t.Error("Example is not reported")
	}
	for _, d := range act.Diagnostics {
		if d.Category != name {
			t.Errorf("Example, line %d, is reported by another rule: %s", lineOf(act, d).n, d.Message)
		}
	}
	checkMessages(t, act)
	checkFixes(t, act)
}

// checkInstead wants silence.
func checkInstead(t *testing.T, act *checker.Action) {
	t.Helper()
	for _, d := range act.Diagnostics {
		t.Errorf("Instead, line %d, is reported: %s", lineOf(act, d).n, d.Message)
	}
}

// runSnippet analyses code, top-level declarations, as a package of its own.
func runSnippet(t *testing.T, a *analysis.Analyzer, code string) *checker.Action {
	t.Helper()
	name, source, err := complete(code)
	if err != nil {
		t.Fatalf("%v in\n%s", err, code)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), source, 0o644); err != nil {
		t.Fatal(err)
	}
	pkg, err := fixtures().loadDir("example", dir)
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	return analyze(t, a, []*packages.Package{pkg})[0]
}
