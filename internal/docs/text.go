package docs

import (
	"fmt"
	"go/doc/comment"
	"strings"

	"github.com/asynclint/asynclint/internal/rule"
)

// Text renders the rule for a terminal, as `asynclint help <rule>` prints it.
func (r Rule) Text(level rule.Level) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (level %s)\n\n%s", r.Name, level, text(r.Reports))
	fmt.Fprintf(&b, "\nWhy: %s", text(r.Why))
	fmt.Fprintf(&b, "\nExample:\n\n%s", indent(r.Example))
	fmt.Fprintf(&b, "\nInstead:\n\n%s", indent(r.Instead))
	fmt.Fprintf(&b, "\nNot reported: %s", text(r.NotReported))
	fmt.Fprintf(&b, "\nKnown limits: %s", text(r.KnownLimits))
	return b.String()
}

// text renders blocks for a terminal.
func text(blocks []comment.Block) string {
	return string(new(comment.Printer).Text(&comment.Doc{Content: blocks}))
}

// indent puts a tab before every line of code that is not empty.
func indent(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		if strings.TrimSpace(line) != "" {
			b.WriteByte('\t')
		}
		b.WriteString(line)
	}
	return b.String()
}
