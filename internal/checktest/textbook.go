package checktest

import (
	"errors"
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

// Textbooks lists the fixtures of worked examples: each has a file expect.tsv
// that says what the passes owe its files.
func Textbooks() []string { return []string{"textbook", "textbook/cli", "textbook2"} }

// What a row has in the place of a rule.
const (
	silent   = "-"    // nothing may be reported
	noPledge = "none" // a mistake that no rule promises to report
)

// Expectation is one row of an expect.tsv: what the passes owe one file. A file
// that must be reported names the rule, or alternatives, and the level from
// which it speaks; a file that must stay silent has the highest level at which
// it does.
type Expectation struct {
	File   string
	Pass   string
	Rules  []string
	Level  rule.Level
	Reason string
}

// IsSilent reports whether nothing may be reported in the file at level.
func (e Expectation) IsSilent(level rule.Level) bool { return e.Rules[0] == silent && level <= e.Level }

// IsReported reports whether the file holds a defect that must be reported at
// level.
func (e Expectation) IsReported(level rule.Level) bool {
	return e.Rules[0] != silent && e.Rules[0] != noPledge && level >= e.Level
}

// Check compares the rules reported in the row's file at level with the row.
// Silence is owed by every pass, reports by the row's own.
func (e Expectation) Check(pass string, level rule.Level, reported []string) error {
	switch {
	case e.IsSilent(level) && len(reported) > 0:
		return fmt.Errorf("%s, level %s: must stay silent; %s reports %q", e.File, level, pass, reported)
	case e.IsReported(level) && e.Pass == pass && !slices.ContainsFunc(e.Rules, isIn(reported)):
		return fmt.Errorf("%s, level %s: %q is not reported; %s reports %q", e.File, level, e.Rules, pass, reported)
	}
	return nil
}

// isIn returns the predicate of being an element of list.
func isIn(list []string) func(string) bool {
	return func(s string) bool { return slices.Contains(list, s) }
}

// Expectations reads the table of a textbook. A row that names no file, and an
// example without a row, are errors.
func Expectations(book string) ([]Expectation, error) {
	dir := filepath.Join(fixtures().root, filepath.FromSlash(book))
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
		if err == nil && !isFile(filepath.Join(dir, row.File)) {
			err = errors.New("no such file")
		}
		if err != nil {
			return nil, fmt.Errorf("%s/expect.tsv: %q: %w", book, text, err)
		}
		rows = append(rows, row)
	}
	return rows, everyExampleHasRow(dir, rows)
}

// parseExpectation reads one row: file, pass, rule, level and reason, parted by
// tabs.
func parseExpectation(text string) (Expectation, error) {
	fields := strings.Split(text, "\t")
	if len(fields) < 4 || len(fields) > 5 {
		return Expectation{}, errors.New("want file, pass, rule, level and perhaps a reason")
	}
	level, err := rule.ParseLevel(fields[3])
	e := Expectation{File: fields[0], Pass: fields[1], Rules: strings.Split(fields[2], "|"), Level: level}
	if len(fields) == 5 {
		e.Reason = fields[4]
	}
	isExempt := e.Rules[0] == noPledge || e.Rules[0] == silent && level == rule.Default
	if err == nil && isExempt && e.Reason == "" {
		err = errors.New("want a reason")
	}
	return e, err
}

// everyExampleHasRow makes sure that no worked example is forgotten.
func everyExampleHasRow(dir string, rows []Expectation) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range names {
		base := filepath.Base(name)
		isExample := strings.Contains(base, "_tp") || strings.Contains(base, "_ok")
		if isExample && !slices.ContainsFunc(rows, func(e Expectation) bool { return e.File == base }) {
			return fmt.Errorf("%s has no row in expect.tsv", base)
		}
	}
	return err
}

// Examples holds a to the worked examples whose file names start with one of
// prefixes (all if there is none): a must report those of its rules, and keep
// silent about those that are right.
func Examples(t *testing.T, a *analysis.Analyzer, prefixes ...string) {
	t.Helper()
	for _, book := range Textbooks() {
		rows, err := Expectations(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, level := range []rule.Level{rule.Default, rule.Strict} {
			reported := Reported(t, a, book, level)
			for _, row := range rows {
				if !hasPrefix(row.File, prefixes) {
					continue
				}
				if err := row.Check(a.Name, level, reported[row.File]); err != nil {
					t.Errorf("%s/%v", book, err)
				}
			}
		}
	}
}

// Reported returns the rules that a reports at level in each file of a fixture.
func Reported(t *testing.T, a *analysis.Analyzer, path string, level rule.Level) map[string][]string {
	t.Helper()
	Set(t, func(s *config.Settings) { s.Level = level })
	rules := map[string][]string{}
	for _, act := range Analyze(t, a, path) {
		for _, d := range act.Diagnostics {
			file := filepath.Base(lineOf(act, d).file)
			rules[file] = append(rules[file], d.Category)
		}
	}
	return rules
}

// hasPrefix reports whether name starts with one of prefixes; no prefixes means
// any name.
func hasPrefix(name string, prefixes []string) bool {
	return len(prefixes) == 0 || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}
