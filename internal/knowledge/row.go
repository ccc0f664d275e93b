package knowledge

import (
	"fmt"
	"strings"

	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Columns names the columns of a row, in order. Cells are separated by tabs or,
// for rows written in a settings file, by '|'. Only name and kind are required.
//
//	name       import/path.Func or (*import/path.Type).Method
//	kind       an op.Kind ("net", "join", …) or "none" for a function that does not wait
//	tier       1 waits without bound, 2 milliseconds to seconds, 3 microseconds; default 1,
//	           but 2 for disk, cpu, stdio, log, lock and rlock, which are never 1
//	bound      unbounded, timeout, context, unknown or never returns; default unbounded,
//	           but never returns for serve
//	condition  "-" or one of the Condition names; default "-"
//	advice     what to do instead; {import/path.Func} is printed as pkg.Func
//	note       why, for people
//
// An empty cell and "-" mean the default.
var Columns = []string{"name", "kind", "tier", "bound", "condition", "advice", "note"}

// Parse reads one row. Its errors name the row and what is wrong with it.
func Parse(row string) (Entry, error) {
	cells := splitRow(row)
	e, err := parseCells(cells)
	if err != nil {
		return Entry{}, fmt.Errorf("row %q: %w", cells[0], err)
	}
	return e, nil
}

// splitRow cuts a row at its tabs, or at '|' if it has none.
func splitRow(row string) []string {
	sep := "|"
	if strings.Contains(row, "\t") {
		sep = "\t"
	}
	cells := strings.Split(row, sep)
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}

// parseCells reads the cells in the order of Columns.
func parseCells(cells []string) (e Entry, err error) {
	if len(cells) < 2 {
		return e, fmt.Errorf("missing column %q: want %s", Columns[len(cells)], strings.Join(Columns, " | "))
	}
	if len(cells) > len(Columns) {
		return e, fmt.Errorf("%d columns, want at most %d: %s", len(cells), len(Columns), strings.Join(Columns, " | "))
	}
	cells = append(cells, make([]string, len(Columns)-len(cells))...)
	if e.Name, err = symbol.Parse(cells[0]); err != nil {
		return e, err
	}
	if e.Effect, err = parseEffect(cells[1], cells[2], cells[3]); err != nil {
		return e, err
	}
	if e.Cond, err = parseCondition(cells[4]); err != nil {
		return e, err
	}
	if e.Advice, err = renderAdvice(orEmpty(cells[5])); err != nil {
		return e, err
	}
	e.Note = orEmpty(cells[6])
	return e, nil
}

// orEmpty turns the placeholder for an empty cell into an empty string.
func orEmpty(cell string) string {
	if cell == "-" {
		return ""
	}
	return cell
}

// parseEffect reads the three columns that make an effect.
func parseEffect(kind, tier, bound string) (e op.Effect, err error) {
	if kind == op.None.String() {
		return op.Effect{}, nil
	}
	k, ok := op.ParseKind(kind)
	if !ok {
		return e, fmt.Errorf("unknown kind %q: want one of %s", kind, strings.Join(kindNames(), ", "))
	}
	t, err := parseTier(tier, k)
	if err != nil {
		return e, err
	}
	b, err := parseBound(bound, k)
	return op.Effect{Kind: k, Bound: b, Tier: t}, err
}

// isNeverLong reports whether waits of this kind end by themselves in practice,
// so that no row may call them long.
func isNeverLong(k op.Kind) bool {
	switch k {
	case op.Disk, op.CPU, op.Stdio, op.Log, op.Lock, op.RLock:
		return true
	}
	return false
}

// kindNames lists what the kind column may hold.
func kindNames() []string {
	names := []string{op.None.String()}
	for k := op.Send; k <= op.Log; k++ {
		names = append(names, k.String())
	}
	return names
}

// parseTier reads a tier column of a row of kind k.
func parseTier(s string, k op.Kind) (op.Tier, error) {
	quick := isNeverLong(k)
	switch s = orEmpty(s); {
	case s == "1" && quick:
		return 0, fmt.Errorf("tier 1 for kind %s: want 2 or 3", k)
	case s == "2" || s == "" && quick:
		return op.TierSlow, nil
	case s == "1" || s == "":
		return op.TierUnbounded, nil
	case s == "3":
		return op.TierQuick, nil
	}
	return 0, fmt.Errorf("unknown tier %q: want 1, 2 or 3", s)
}

// parseBound reads a bound column of a row of kind k.
func parseBound(s string, k op.Kind) (op.Bound, error) {
	switch s = orEmpty(s); {
	case s == "" && k == op.Serve:
		return op.NeverReturns, nil
	case s == "":
		return op.Unbounded, nil
	}
	var names []string
	for b := op.Unbounded; b <= op.NeverReturns; b++ {
		if b.String() == s {
			return b, nil
		}
		names = append(names, b.String())
	}
	return 0, fmt.Errorf("unknown bound %q: want one of %s", s, strings.Join(names, ", "))
}

// parseCondition reads a condition column.
func parseCondition(s string) (Condition, error) {
	if s == "" {
		return Always, nil
	}
	for i, name := range conditionNames {
		if name == s {
			return Condition(i), nil
		}
	}
	return 0, fmt.Errorf("unknown condition %q: want one of %s", s, strings.Join(conditionNames[:], ", "))
}
