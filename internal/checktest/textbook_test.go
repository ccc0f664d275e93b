package checktest

import (
	"testing"

	"github.com/asynclint/asynclint/internal/rule"
)

// The textbooks must type-check, and their tables must be complete.
func TestTextbooks(t *testing.T) {
	for _, book := range Textbooks() {
		if _, err := fixtures().load(book); err != nil {
			t.Error(err)
		}
		rows, err := Expectations(book)
		if err != nil || len(rows) == 0 {
			t.Errorf("%s: %d rows, %v", book, len(rows), err)
		}
	}
}

func TestParseExpectation(t *testing.T) {
	for _, bad := range []string{"a\tb", "a.go\tp\tr\tsometimes", "a.go\t-\t-\tdefault", "a.go\t-\tnone\tdefault"} {
		if _, err := parseExpectation(bad); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

func TestExpectationCheck(t *testing.T) {
	bad := Expectation{File: "a.go", Pass: "p", Rules: []string{"r", "s"}, Level: rule.Default}
	strict := Expectation{File: "a.go", Pass: "p", Rules: []string{"r"}, Level: rule.Strict}
	ok := Expectation{File: "a.go", Rules: []string{"-"}, Level: rule.Default}
	for _, c := range []struct {
		row      Expectation
		pass     string
		level    rule.Level
		reported []string
		fails    bool
	}{
		{bad, "p", rule.Default, nil, true},
		{bad, "p", rule.Default, []string{"s"}, false},
		{bad, "q", rule.Default, nil, false},
		{strict, "p", rule.Default, nil, false},
		{strict, "p", rule.Strict, []string{"t"}, true},
		{ok, "p", rule.Default, []string{"r"}, true},
		{ok, "p", rule.Strict, []string{"r"}, false},
	} {
		if err := c.row.Check(c.pass, c.level, c.reported); (err != nil) != c.fails {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
