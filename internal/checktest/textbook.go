package checktest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/rule"
)

// Expectation is one row of a textbook's expect.tsv: what the passes owe one
// file. A file that must be reported names the rule and the level at which it
// speaks; a file that must stay silent has the rule "-" and the highest level
// at which it does.
type Expectation struct {
	File   string
	Pass   string // "-" for a file that stays silent
	Rule   string
	Level  rule.Level
	Reason string // for a silent file that strict may report: why it may
}

// MustReport reports whether the file holds a defect.
func (e Expectation) MustReport() bool { return e.Rule != "-" }

// Expectations reads the table of the textbook fixture called book. A row that
// names no file, and a file without a row, are errors.
func Expectations(book string) ([]Expectation, error) {
	dir := filepath.Join(fixtures().root, book)
	table, err := os.ReadFile(filepath.Join(dir, "expect.tsv"))
	if err != nil {
		return nil, err
	}
	var rows []Expectation
	for text := range strings.Lines(string(table)) {
		text = strings.TrimSpace(text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		row, err := parseExpectation(text)
		if err != nil {
			return nil, err
		}
		if !isFile(filepath.Join(dir, row.File)) {
			return nil, fmt.Errorf("%s/expect.tsv: no file %s", book, row.File)
		}
		rows = append(rows, row)
	}
	return rows, everyFileHasRow(dir, rows)
}

// parseExpectation reads one row: file, pass, rule, level and reason, parted by
// tabs.
func parseExpectation(text string) (Expectation, error) {
	fields := append(strings.Split(text, "\t"), "")
	if len(fields) < 5 || len(fields) > 6 {
		return Expectation{}, fmt.Errorf("expect.tsv: %q: want file, pass, rule, level and perhaps a reason", text)
	}
	level, err := rule.ParseLevel(fields[3])
	e := Expectation{File: fields[0], Pass: fields[1], Rule: fields[2], Level: level, Reason: fields[4]}
	if err == nil && !e.MustReport() && level == rule.Default && e.Reason == "" {
		err = fmt.Errorf("expect.tsv: %s may be reported at level strict: say why", e.File)
	}
	return e, err
}

// everyFileHasRow makes sure that no worked example is forgotten.
func everyFileHasRow(dir string, rows []Expectation) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range names {
		base := filepath.Base(name)
		isCase := strings.HasSuffix(base, "_tp.go") || strings.HasSuffix(base, "_ok.go")
		if isCase && !slices.ContainsFunc(rows, func(e Expectation) bool { return e.File == base }) {
			return fmt.Errorf("%s has no row in expect.tsv", base)
		}
	}
	return err
}

// Examples holds a to the worked examples of both textbooks whose file names
// start with one of prefixes (all files if there is none): those of its rules
// must be reported by a at their level, and those that must stay silent must
// not be reported by a.
func Examples(t *testing.T, a *analysis.Analyzer, prefixes ...string) {
	t.Helper()
	for _, book := range []string{"textbook", "textbook2"} {
		rows, err := Expectations(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, level := range []rule.Level{rule.Default, rule.Strict} {
			Set(t, func(s *config.Settings) { s.Level = level })
			reported := Reported(t, a, book)
			for _, row := range rows {
				if hasPrefix(row.File, prefixes) {
					row.check(t, a.Name, level, reported[row.File])
				}
			}
		}
	}
}

// Reported returns the rules that a reports in each file of a fixture.
func Reported(t *testing.T, a *analysis.Analyzer, path string) map[string][]string {
	t.Helper()
	rules := map[string][]string{}
	for _, act := range Analyze(t, a, path) {
		for _, d := range act.Diagnostics {
			file := filepath.Base(lineOf(act, d).file)
			rules[file] = append(rules[file], d.Category)
		}
	}
	return rules
}

// check compares the rules that pass reported in the row's file at level.
func (e Expectation) check(t *testing.T, pass string, level rule.Level, rules []string) {
	t.Helper()
	switch {
	case e.MustReport() && e.Pass == pass && level >= e.Level && !slices.Contains(rules, e.Rule):
		t.Errorf("%s, level %s: %s is not reported; reported: %q", e.File, level, e.Rule, rules)
	case !e.MustReport() && level <= e.Level && len(rules) > 0:
		t.Errorf("%s, level %s: must stay silent; reported: %q", e.File, level, rules)
	}
}

// hasPrefix reports whether name starts with one of prefixes; no prefixes means
// any name.
func hasPrefix(name string, prefixes []string) bool {
	return len(prefixes) == 0 || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}
