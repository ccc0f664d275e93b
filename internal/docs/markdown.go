package docs

import (
	"fmt"
	"go/doc/comment"
	"strings"

	"github.com/asynclint/asynclint/internal/rule"
)

// Markdown renders the page of a pass. rules are the pass's rules: they say at
// which level each is on.
func (m Manual) Markdown(rules rule.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s.\n\n%s\n", m.Pass, Sentence(m.Summary), markdown(m.Prose))
	fmt.Fprintf(&b, "| rule | level | reports |\n|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", r.Name, r.Name, r.Level, Cell(r.Summary))
	}
	for _, r := range m.Rules {
		known, _, _ := rules.Find(r.Name)
		b.WriteString("\n" + r.markdown(known.Level))
	}
	if len(m.Settings) > 0 {
		fmt.Fprintf(&b, "\n## Settings\n\n%s", markdown(m.Settings))
	}
	return b.String()
}

// markdown renders one rule; its heading is the anchor that diagnostics link.
func (r Rule) markdown(level rule.Level) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n_Level: %s._ %s\n", r.Name, level, markdown(r.Reports))
	fmt.Fprintf(&b, "**Why:** %s\n", markdown(r.Why))
	fmt.Fprintf(&b, "**Example:**\n\n%s\n", fence(r.Example))
	fmt.Fprintf(&b, "**Instead:**\n\n%s\n", fence(r.Instead))
	fmt.Fprintf(&b, "**Not reported:** %s\n", markdown(r.NotReported))
	fmt.Fprintf(&b, "**Known limits:** %s", markdown(r.KnownLimits))
	return b.String()
}

// markdown renders blocks; code becomes fenced, which readers colour.
func markdown(blocks []comment.Block) string {
	var out []string
	printer := &comment.Printer{DocLinkBaseURL: "https://pkg.go.dev"}
	for _, b := range blocks {
		if code, ok := b.(*comment.Code); ok {
			out = append(out, fence(code.Text))
			continue
		}
		out = append(out, string(printer.Markdown(&comment.Doc{Content: []comment.Block{b}})))
	}
	return strings.Join(out, "\n")
}

// fence wraps Go code for Markdown.
func fence(code string) string { return "```go\n" + strings.TrimRight(code, "\n") + "\n```\n" }

// Cell makes s safe inside a table.
func Cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// Sentence capitalises the first letter of s.
func Sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
