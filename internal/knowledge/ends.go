package knowledge

import (
	_ "embed"
	"sync"

	"github.com/asynclint/asynclint/internal/symbol"
)

// endsText lists the functions that never return to their caller.
//
//go:embed noreturn.tsv
var endsText string

// ending says what ends when a function does not return.
type ending uint8

const (
	endsNothing   ending = iota
	endsGoroutine        // the goroutine, after its deferred calls
	endsProcess          // the process, without them
)

// endingNames are the endings as noreturn.tsv spells them.
var endingNames = map[string]ending{"goroutine": endsGoroutine, "process": endsProcess}

// endings is the parsed noreturn.tsv with its own path folding.
type endings struct {
	names []symbol.Name
	rows  map[symbol.Name]ending
	paths *paths
}

// allEndings parses noreturn.tsv once; the tests see to it that it parses.
var allEndings = sync.OnceValue(func() *endings {
	e := &endings{rows: map[symbol.Name]ending{}}
	var pkgs []string
	for _, row := range tableRows(endsText) {
		n, err := symbol.Parse(row[0])
		if err != nil || len(row) < 2 {
			continue
		}
		e.names = append(e.names, n)
		e.rows[n] = endingNames[row[1]]
		pkgs = append(pkgs, n.Pkg)
	}
	e.paths = newPaths(pkgs)
	return e
})

// of returns what a call of the function ends.
func (e *endings) of(n symbol.Name) ending {
	home, ok := e.paths.home(n.Pkg)
	if !ok {
		return endsNothing
	}
	n.Pkg = home
	return e.rows[n]
}

// NoReturn reports whether a call of the function never returns: it ends the
// process or at least its goroutine.
func NoReturn(n symbol.Name) bool { return allEndings().of(n) != endsNothing }

// ExitsProcess reports whether a call of the function ends the process without
// running deferred calls. runtime.Goexit and (*testing.T).Fatal do not.
func ExitsProcess(n symbol.Name) bool { return allEndings().of(n) == endsProcess }

// NoReturnNames lists the functions that never return, in table order.
func NoReturnNames() []symbol.Name { return allEndings().names }
