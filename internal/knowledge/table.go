package knowledge

import (
	"cmp"
	"embed"
	"go/types"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/asynclint/asynclint/internal/symbol"
)

// tableFiles holds the built-in rows, a file a topic.
//
//go:embed tables/*.tsv
var tableFiles embed.FS

// Table holds rows by name. It is never changed after it is made, so it can be
// shared between goroutines.
type Table struct {
	rows  map[symbol.Name]*Entry
	paths *paths
}

// std parses the built-in rows once. A row that does not parse is left out; the
// tests see to it that there is none.
var std = sync.OnceValue(func() *Table {
	var rows []Entry
	for _, line := range Lines() {
		if e, err := Parse(line); err == nil {
			rows = append(rows, e)
		}
	}
	return newTable(rows)
})

// Std returns the built-in rows.
func Std() *Table { return std() }

// newTable indexes rows; of two rows with one name the later wins.
func newTable(rows []Entry) *Table {
	t := &Table{rows: make(map[symbol.Name]*Entry, len(rows))}
	t.add(rows)
	return t
}

// With returns a table that also has the given rows; they win over t's.
func (t *Table) With(rows []Entry) *Table {
	if len(rows) == 0 {
		return t
	}
	more := &Table{rows: maps.Clone(t.rows)}
	more.add(rows)
	return more
}

// add puts rows into a table that nobody else has seen yet.
func (t *Table) add(rows []Entry) {
	for i := range rows {
		t.rows[rows[i].Name] = &rows[i]
	}
	pkgs := map[string]bool{}
	for n := range t.rows {
		pkgs[n.Pkg] = true
	}
	t.paths = newPaths(slices.Collect(maps.Keys(pkgs)))
}

// Lookup returns the row about fn. A promoted method is found under its
// declaring type, an instance of a generic function under its origin, and a
// function of a renamed module or another major version under the rows' path.
func (t *Table) Lookup(fn *types.Func) (*Entry, bool) {
	if fn == nil || fn.Pkg() == nil {
		return nil, false
	}
	home, ok := t.paths.home(fn.Pkg().Path())
	if !ok {
		return nil, false
	}
	n := symbol.Of(fn)
	n.Pkg = home
	e, ok := t.rows[n]
	return e, ok
}

// Find returns the row about the function of that name.
func (t *Table) Find(n symbol.Name) (*Entry, bool) {
	home, ok := t.paths.home(n.Pkg)
	if !ok {
		return nil, false
	}
	n.Pkg = home
	e, ok := t.rows[n]
	return e, ok
}

// Entries returns all rows, sorted by name.
func (t *Table) Entries() []Entry {
	rows := make([]Entry, 0, len(t.rows))
	for _, e := range t.rows {
		rows = append(rows, *e)
	}
	slices.SortFunc(rows, func(a, b Entry) int { return compareNames(a.Name, b.Name) })
	return rows
}

// compareNames orders names by package, then functions before methods.
func compareNames(a, b symbol.Name) int {
	return cmp.Or(cmp.Compare(a.Pkg, b.Pkg), cmp.Compare(a.Recv, b.Recv), cmp.Compare(a.Func, b.Func))
}

// Lines returns the built-in rows as they are written, in file order.
func Lines() (lines []string) {
	for _, text := range tableTexts() {
		for line := range contentLines(text) {
			lines = append(lines, line)
		}
	}
	return lines
}

// tableTexts returns the content of the table files in file name order.
func tableTexts() []string {
	names, _ := fs.Glob(tableFiles, "tables/*.tsv")
	texts := make([]string, 0, len(names))
	for _, name := range names {
		text, _ := tableFiles.ReadFile(name)
		texts = append(texts, string(text))
	}
	return texts
}

// contentLines yields the lines that are neither empty nor comments.
func contentLines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// tableRows returns the cells of a table whose rows are not Entries.
func tableRows(text string) (rows [][]string) {
	for line := range contentLines(text) {
		rows = append(rows, splitRow(line))
	}
	return rows
}
