package render

import (
	"fmt"
	"go/token"
	"io"
	"strings"

	"github.com/asynclint/asynclint/internal/driver"
)

// The escape sequences of the text format.
const (
	bold  = "\x1b[1m"
	red   = "\x1b[31m"
	faint = "\x1b[2m"
	reset = "\x1b[0m"
)

// Text writes each finding as "path:line:column: message", its source with the
// place marked, and the numbered steps that explain it.
func Text(w io.Writer, report *driver.Report, v *View) error {
	var b strings.Builder
	for i, f := range report.Findings {
		if i > 0 && v.Context >= 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s: %s\n", v.paint(bold, v.place(f.Pos)), f.Message)
		v.frame(&b, f.Pos, f.End)
		for i, s := range f.Related {
			fmt.Fprintf(&b, "  %d. %s: %s\n", i+1, v.place(s.Pos), s.Message)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// place writes a position as people and editors read it.
func (v *View) place(p token.Position) string {
	p.Filename = v.path(p.Filename)
	return p.String()
}

// paint colours a text if colours are on.
func (v *View) paint(color, text string) string {
	if !v.Color {
		return text
	}
	return color + text + reset
}

// frame writes the lines around a finding, carets under its first line.
func (v *View) frame(b *strings.Builder, pos, end token.Position) {
	lines := v.sources.lines(pos.Filename)
	if v.Context < 0 || pos.Line < 1 || pos.Line > len(lines) {
		return
	}
	from, to := max(1, pos.Line-v.Context), min(len(lines), pos.Line+v.Context)
	width := len(fmt.Sprint(to))
	for n := from; n <= to; n++ {
		gutter := v.paint(faint, fmt.Sprintf("  %*d | ", width, n))
		fmt.Fprintf(b, "%s%s\n", gutter, lines[n-1])
		if n == pos.Line {
			gutter := v.paint(faint, fmt.Sprintf("  %*s | ", width, ""))
			fmt.Fprintf(b, "%s%s\n", gutter, v.paint(red, carets(lines[n-1], pos, end)))
		}
	}
}

// carets marks the part of text between two positions; a part that goes on
// beyond the line is marked up to the line's end.
func carets(text string, pos, end token.Position) string {
	start := min(max(pos.Column-1, 0), len(text))
	stop := len(strings.TrimRight(text, " \t\r"))
	if end.Line == pos.Line && end.Column-1 > start && end.Column-1 <= len(text) {
		stop = end.Column - 1
	} else if end == pos {
		stop = start + 1
	}
	var b strings.Builder
	for _, r := range text[:start] {
		if r != '\t' { // a tab is as wide as the tab above it
			r = ' '
		}
		b.WriteRune(r)
	}
	width := 1
	if stop = min(stop, len(text)); stop > start {
		width = len([]rune(text[start:stop]))
	}
	return b.String() + strings.Repeat("^", width)
}
