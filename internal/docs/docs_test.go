package docs

import (
	"strings"
	"testing"

	"github.com/asynclint/asynclint/internal/rule"
)

// source is a complete manual as a pass would embed it.
const source = `// Package locks reports locks.
//
// # Analyzer locks
//
// locks: report locks held too long
//
// A lock is short.
//
// # Rule held-too-long
//
// A lock held
// too long.
//
// Why: others wait.
//
// Example:
//
//	func f() {
//		g()
//	}
//
// Instead:
//
//	func f() {}
//
// Not reported: these:
//   - short locks
//   - no locks
//
// Known limits: many | few.
//
// # Settings
//
// None.
package locks
`

func TestDoc(t *testing.T) {
	doc := MustDoc(source, "locks")
	if !strings.HasPrefix(doc, "locks: report locks held too long\n") {
		t.Errorf("Doc starts with %q", doc)
	}
	for _, bad := range []string{"not go", "package p", "// Package p.\n//\n// # Analyzer q\npackage p"} {
		if _, err := Doc(bad, "p"); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

func TestParse(t *testing.T) {
	m, err := Parse(MustDoc(source, "locks"))
	if err != nil {
		t.Fatal(err)
	}
	r, ok := m.Find("held-too-long")
	if !ok || m.Pass != "locks" || m.Summary != "report locks held too long" || len(m.Settings) != 1 {
		t.Fatalf("manual is %+v", m)
	}
	if r.Example != "func f() {\n\tg()\n}\n" || r.Instead != "func f() {}\n" {
		t.Errorf("code is %q and %q", r.Example, r.Instead)
	}
	if got := text(r.Why); got != "others wait.\n" {
		t.Errorf("why is %q", got)
	}
	if got := RuleNames(MustDoc(source, "locks")); len(got) != 1 || got[0] != "held-too-long" {
		t.Errorf("rule names are %q", got)
	}
}

// Every part that is taken away must be missed by name.
func TestParseMissing(t *testing.T) {
	cuts := []string{"A lock is short.", "A lock held\n// too long.", "Why: others wait.", "Example:", "Instead:",
		"\tfunc f() {}", "Not reported: these:", "Known limits: many | few.", "locks: report locks held too long"}
	for _, cut := range cuts {
		doc, err := Doc(strings.Replace(source, cut, "", 1), "locks")
		if err == nil {
			_, err = Parse(doc)
		}
		if err == nil {
			t.Errorf("no error without %q", cut)
		}
	}
	if _, err := Parse("locks: report\n\nprose\n\n# Rules\n\nx"); err == nil || !strings.Contains(err.Error(), "Rules") {
		t.Errorf("unknown heading: %v", err)
	}
}

func TestRender(t *testing.T) {
	m, err := Parse(MustDoc(source, "locks"))
	if err != nil {
		t.Fatal(err)
	}
	table := rule.Table{{Name: "held-too-long", Pass: "locks", Level: rule.Strict, Summary: "a lock | too long"}}
	page := m.Markdown(table)
	for _, want := range []string{"# locks\n\nReport locks held too long.\n", "| strict | a lock \\| too long |",
		"## held-too-long\n\n_Level: strict._ A lock held too long.\n", "**Why:** others wait.\n",
		"```go\nfunc f() {\n\tg()\n}\n```\n", "  - short locks\n", "## Settings\n\nNone.\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %q:\n%s", want, page)
		}
	}
	help := m.Rules[0].Text(rule.Default)
	for _, want := range []string{"held-too-long (level default)\n", "Why: others wait.\n", "\tfunc f() {\n\t\tg()\n\t}\n"} {
		if !strings.Contains(help, want) {
			t.Errorf("help lacks %q:\n%s", want, help)
		}
	}
}
