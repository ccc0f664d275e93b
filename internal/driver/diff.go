package driver

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// WriteDiff prints the plan as a unified diff, with paths relative to the
// working directory.
func (p *FixPlan) WriteDiff(w io.Writer) error {
	for _, c := range p.Changes {
		if _, err := io.WriteString(w, unifiedDiff(relativePath(c.File), string(c.Before), string(c.After))); err != nil {
			return err
		}
	}
	return nil
}

// relativePath returns file relative to the working directory if it lies below
// it.
func relativePath(file string) string {
	wd, err := os.Getwd()
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(wd, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return file
	}
	return rel
}

// line is one line of a diff: ' ', '-' or '+', and the text.
type line struct {
	mark byte
	text string
}

// unifiedDiff returns the differences of two texts with three lines of context.
func unifiedDiff(name, before, after string) string {
	const context = 3
	lines := diffLines(splitLines(before), splitLines(after))
	var b strings.Builder
	fmt.Fprintf(&b, "--- a/%[1]s\n+++ b/%[1]s\n", filepath.ToSlash(name))
	for start := 0; start < len(lines); {
		first := nextChange(lines, start)
		if first == len(lines) {
			break
		}
		end := first
		for next := first; next < len(lines) && next-end <= 2*context; next = nextChange(lines, next+1) {
			end = next
		}
		from, to := max(start, first-context), min(len(lines), end+1+context)
		writeHunk(&b, lines, from, to)
		start = to
	}
	return b.String()
}

// splitLines splits text behind each newline.
func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// nextChange returns the index of the first changed line at or after i.
func nextChange(lines []line, i int) int {
	for i < len(lines) && lines[i].mark == ' ' {
		i++
	}
	return i
}

// writeHunk prints lines[from:to] with their header.
func writeHunk(b *strings.Builder, lines []line, from, to int) {
	oldStart, newStart := 1, 1
	oldLen, newLen := 0, 0
	for i, l := range lines[:to] {
		inOld, inNew := l.mark != '+', l.mark != '-'
		switch {
		case i < from:
			oldStart += count(inOld)
			newStart += count(inNew)
		default:
			oldLen += count(inOld)
			newLen += count(inNew)
		}
	}
	fmt.Fprintf(b, "@@ -%d,%d +%d,%d @@\n", oldStart, oldLen, newStart, newLen)
	for _, l := range lines[from:to] {
		b.WriteByte(l.mark)
		b.WriteString(l.text)
		if !strings.HasSuffix(l.text, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// count is 1 for true.
func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// diffLines aligns two texts by Myers' greedy algorithm, which finds a
// shortest edit script. Cost: lines times differences.
func diffLines(a, b []string) []line {
	furthest := map[int]int{1: 0} // diagonal → furthest x
	var history []map[int]int
	for d := 0; ; d++ {
		snapshot := make(map[int]int, len(furthest))
		for k, x := range furthest {
			snapshot[k] = x
		}
		history = append(history, snapshot)
		for k := -d; k <= d; k += 2 {
			x := furthest[k-1] + 1
			if k == -d || k != d && furthest[k-1] < furthest[k+1] {
				x = furthest[k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			furthest[k] = x
			if x >= len(a) && x-k >= len(b) {
				return trace(a, b, history)
			}
		}
	}
}

// trace walks the history of diffLines backwards and returns the script.
func trace(a, b []string, history []map[int]int) []line {
	var reversed []line
	x, y := len(a), len(b)
	for d := len(history) - 1; d >= 0; d-- {
		furthest, k := history[d], x-y
		prev := k - 1
		if k == -d || k != d && furthest[k-1] < furthest[k+1] {
			prev = k + 1
		}
		px := furthest[prev]
		py := px - prev
		for x > px && y > py {
			reversed = append(reversed, line{' ', a[x-1]})
			x, y = x-1, y-1
		}
		switch {
		case d == 0:
		case x == px:
			reversed = append(reversed, line{'+', b[y-1]})
		default:
			reversed = append(reversed, line{'-', a[x-1]})
		}
		x, y = px, py
	}
	lines := make([]line, 0, len(reversed))
	for i := len(reversed) - 1; i >= 0; i-- {
		lines = append(lines, reversed[i])
	}
	return lines
}
