package passes_test

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/passes"
)

// Drivers refuse an invalid suite, and golangci-lint caches facts by name.
func TestSuiteIsValid(t *testing.T) {
	if err := analysis.Validate(passes.All()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(passes.All(), passes.All()) {
		t.Error("All returns different analyzers each time")
	}
}

// Names are what users switch, silence and look up: each means one thing.
func TestNamesAreUnique(t *testing.T) {
	seen := map[string]string{directive.Everything: "everything"}
	add := func(name, what string) {
		if other := seen[name]; other != "" {
			t.Errorf("%q names %s and %s", name, other, what)
		}
		seen[name] = what
	}
	for _, a := range passes.All() {
		add(a.Name, "a pass")
	}
	for _, r := range passes.Rules() {
		add(r.Name, "a rule of "+r.Pass)
	}
}

// A rule that no manual describes, or whose pass does not run, cannot be looked
// up; one that Rules misses cannot be switched.
func TestRulesAreThoseOfThePasses(t *testing.T) {
	var listed, described []string
	for _, r := range passes.Rules() {
		listed = append(listed, r.Pass+" "+r.Name)
	}
	for _, a := range passes.All() {
		for _, name := range docs.RuleNames(a.Doc) {
			described = append(described, a.Name+" "+name)
		}
	}
	slices.Sort(listed)
	slices.Sort(described)
	if !slices.Equal(listed, described) {
		t.Errorf("rules listed:\n%q\nrules described:\n%q", listed, described)
	}
}

// The audit of directives needs the real passes: only they know which ignores
// have an effect.
func TestDirectives(t *testing.T) {
	all := passes.All()
	checktest.Run(t, all[len(all)-1], "directives/bad", "directives/ok")
}
