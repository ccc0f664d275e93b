package passes_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/rule"
	"github.com/asynclint/asynclint/passes"
)

// The textbook is the promise of every principle in small: each plain mistake
// is reported by its rule, and no pass says a word about code that is right.
func TestTextbook(t *testing.T) {
	for _, book := range checktest.Textbooks() {
		rows, err := checktest.Expectations(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, pass := range passes.All() {
			t.Run(book+"/"+pass.Name, func(t *testing.T) { checkRows(t, book, pass, rows) })
		}
	}
}

// checkRows compares what pass reports in a textbook, level by level, with its
// table.
func checkRows(t *testing.T, book string, pass *analysis.Analyzer, rows []checktest.Expectation) {
	t.Helper()
	for _, level := range []rule.Level{rule.Default, rule.Strict} {
		reported := checktest.Reported(t, pass, book, level)
		for _, row := range rows {
			if err := row.Check(pass.Name, level, reported[row.File]); err != nil {
				t.Error(err)
			}
		}
	}
}

// Every row's pass and rules must exist, or the row could never fail.
func TestTextbookNamesRules(t *testing.T) {
	known := map[string]bool{}
	for _, r := range passes.Rules() {
		known[r.Pass+" "+r.Name] = true
	}
	for _, book := range checktest.Textbooks() {
		rows, err := checktest.Expectations(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			checkNames(t, book, row, known)
		}
	}
}

// checkNames makes sure that the pass and rules of row are known.
func checkNames(t *testing.T, book string, row checktest.Expectation, known map[string]bool) {
	t.Helper()
	for _, name := range row.Rules {
		if row.IsReported(rule.Strict) && !known[row.Pass+" "+name] {
			t.Errorf("%s/%s: pass %s has no rule %s", book, row.File, row.Pass, name)
		}
	}
}

// Odd but legal Go must not bring any pass down.
func TestHostile(t *testing.T) {
	for _, pass := range passes.All() {
		t.Run(pass.Name, func(t *testing.T) { checktest.Hostile(t, pass) })
	}
}

// What the manuals show is what the passes do.
func TestManuals(t *testing.T) {
	for _, pass := range passes.All() {
		var rules rule.Table
		for _, r := range passes.Rules() {
			if r.Pass == pass.Name {
				rules = append(rules, r)
			}
		}
		t.Run(pass.Name, func(t *testing.T) { checktest.Manual(t, pass, rules) })
	}
}
