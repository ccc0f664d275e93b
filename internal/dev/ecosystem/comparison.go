package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// comparison is what two runs over a target differ in. Without a second run,
// everything is old.
type comparison struct {
	lines    int
	rules    map[string]counts
	changed  []change
	problems int
}

// counts are the findings of one rule.
type counts struct{ now, added, removed int }

// change is a finding that only one run has.
type change struct {
	finding
	added bool
}

// newComparison compares the run of the current tool with that of the base; no
// findings before means that there was no base.
func newComparison(now result, before *result, lines int) comparison {
	c := comparison{lines: lines, rules: map[string]counts{}, problems: len(now.Problems)}
	for _, f := range now.Findings {
		c.count(f.Rule, counts{now: 1})
	}
	if before == nil {
		return c
	}
	c.changed = append(only(now.Findings, before.Findings, true), only(before.Findings, now.Findings, false)...)
	slices.SortStableFunc(c.changed, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	for _, ch := range c.changed {
		if ch.added {
			c.count(ch.Rule, counts{added: 1})
		} else {
			c.count(ch.Rule, counts{removed: 1})
		}
	}
	return c
}

// only returns the findings of a that b lacks. A finding that stands twice in a
// must stand twice in b.
func only(a, b []finding, added bool) []change {
	left := map[finding]int{}
	for _, f := range b {
		left[f]++
	}
	var list []change
	for _, f := range a {
		if left[f]--; left[f] < 0 {
			list = append(list, change{f, added})
		}
	}
	return list
}

// count adds n to the counts of rule.
func (c *comparison) count(rule string, n counts) {
	old := c.rules[rule]
	c.rules[rule] = counts{old.now + n.now, old.added + n.added, old.removed + n.removed}
}

// add makes c the sum of itself and other.
func (c *comparison) add(other comparison) {
	if c.rules == nil {
		c.rules = map[string]counts{}
	}
	c.lines += other.lines
	c.problems += other.problems
	for rule, n := range other.rules {
		c.count(rule, n)
	}
}

// print shows the changes, then a line for each rule, then the sum.
func (c comparison) print(out io.Writer, title string, hasBase bool) {
	fmt.Fprintf(out, "== %s\n", title)
	for _, ch := range c.changed {
		sign := "-"
		if ch.added {
			sign = "+"
		}
		fmt.Fprintln(out, sign, ch.finding)
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
	if c.problems > 0 {
		fmt.Fprintf(out, "%d problems kept packages from being analysed\n", c.problems)
	}
	fmt.Fprintln(out)
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
