package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// comparison is what two runs over a target differ in. Without a second run,
// everything is old.
type comparison struct {
	lines    int
	rules    map[string]counts
	changes  []change // what to show, in order of place
	problems []problem
}

// counts are the findings of one rule.
type counts struct{ now, added, removed int }

// change is a finding and the runs that have it.
type change struct {
	finding
	sign string
}

// The signs of changes.
const (
	added   = "+" // only the current tool reports it
	removed = "-" // only the base does
	kept    = " "
)

// newComparison compares the run of the current tool with that of the base; no
// before means that there was no base. Findings of both are shown if list is set.
func newComparison(now result, before *result, lines int, list bool) comparison {
	c := comparison{lines: lines, rules: map[string]counts{}, problems: now.Problems}
	if before == nil {
		before = &now
	}
	news, olds := split(now.Findings, before.Findings)
	gone, _ := split(before.Findings, now.Findings)
	c.put(news, added, counts{now: 1, added: 1}, true)
	c.put(olds, kept, counts{now: 1}, list)
	c.put(gone, removed, counts{removed: 1}, true)
	slices.SortStableFunc(c.changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return c
}

// put counts each finding as n and shows it behind sign if show is set.
func (c *comparison) put(findings []finding, sign string, n counts, show bool) {
	for _, f := range findings {
		c.count(f.Rule, n)
		if show {
			c.changes = append(c.changes, change{f, sign})
		}
	}
}

// split parts the findings of a into those that b lacks and those it has. A
// finding that stands twice in a must stand twice in b.
func split(a, b []finding) (lacking, shared []finding) {
	left := map[finding]int{}
	for _, f := range b {
		left[f]++
	}
	for _, f := range a {
		if left[f]--; left[f] < 0 {
			lacking = append(lacking, f)
		} else {
			shared = append(shared, f)
		}
	}
	return lacking, shared
}

// count adds n to the counts of rule.
func (c *comparison) count(rule string, n counts) {
	old := c.rules[rule]
	c.rules[rule] = counts{old.now + n.now, old.added + n.added, old.removed + n.removed}
}

// add makes c the sum of itself and other; what other shows stays with other.
func (c *comparison) add(other comparison) {
	if c.rules == nil {
		c.rules = map[string]counts{}
	}
	c.lines += other.lines
	c.problems = append(c.problems, other.problems...)
	for rule, n := range other.rules {
		c.count(rule, n)
	}
}

// print shows the changes, then a line for each rule, then the sum.
func (c comparison) print(out io.Writer, title string, hasBase bool) {
	fmt.Fprintf(out, "== %s\n", title)
	for _, ch := range c.changes {
		fmt.Fprintln(out, ch.sign, ch.finding)
	}
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	var sum counts
	for _, rule := range slices.Sorted(maps.Keys(c.rules)) {
		n := c.rules[rule]
		row(table, rule, n, hasBase)
		sum = counts{sum.now + n.now, sum.added + n.added, sum.removed + n.removed}
	}
	row(table, "all rules", sum, hasBase)
	table.Flush()
	fmt.Fprintf(out, "%d lines, %.2f findings per 10 000 lines\n", c.lines, perTenThousand(sum.now, c.lines))
	c.printProblems(out)
	fmt.Fprintln(out)
}

// maxProblems is how many problems are shown: the first explains the rest.
const maxProblems = 5

// printProblems says what the figures do not cover.
func (c comparison) printProblems(out io.Writer) {
	if len(c.problems) == 0 {
		return
	}
	fmt.Fprintf(out, "%d problems kept packages from being analysed:\n", len(c.problems))
	for _, p := range c.problems[:min(maxProblems, len(c.problems))] {
		first, _, _ := strings.Cut(p.Message, "\n") // what follows is a stack
		fmt.Fprintf(out, "! %s: %s\n", cmp.Or(p.Position, p.Package), first)
	}
}

// row prints the counts of one rule.
func row(table io.Writer, name string, n counts, hasBase bool) {
	if hasBase {
		fmt.Fprintf(table, "%s\t%d\t+%d\t-%d\n", name, n.now, n.added, n.removed)
		return
	}
	fmt.Fprintf(table, "%s\t%d\n", name, n.now)
}

// perTenThousand returns n for every 10 000 lines.
func perTenThousand(n, lines int) float64 {
	if lines == 0 {
		return 0
	}
	return float64(n) * 10_000 / float64(lines)
}
