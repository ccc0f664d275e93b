package verify

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	driver "golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
)

// manyWays has more states than the bound allows, and all runs are long: what
// goes wrong at their end is only seen if the search goes deep in time.
const manyWays = `package gen

func manyWays(yes func() bool) error {
	errs := make(chan error)
	left, right := make(chan int, 99), make(chan int, 99)
	for range 2 {
		go func() {
			for range 9 {
				if yes() { left <- 1 } else { right <- 1 }
			}
			errs <- nil
		}()
	}
	return <-errs
}
`

// TestDeep finds what only long runs of a large root show.
func TestDeep(t *testing.T) {
	p := load(t, manyWays)
	c := newChecker(p, config.Default().MaxStates, false)
	s := c.explore(p.Funcs[0], c.codeOf(p.Funcs[0].SSA))
	if !s.over || len(s.found) == 0 {
		t.Errorf("over %v, %d proofs in %d states", s.over, len(s.found), len(s.seen))
	}
}

// load reads the model of one source file.
func load(t *testing.T, src string) *model.Package {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module gen\n\ngo 1.26\n", "gen.go": src} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: dir}, ".")
	if err != nil || len(pkgs[0].Errors) > 0 {
		t.Fatal(err, pkgs[0].Errors)
	}
	g, err := driver.Analyze([]*analysis.Analyzer{model.Analyzer}, pkgs, nil)
	if err != nil || g.Roots[0].Err != nil {
		t.Fatal(err, g.Roots[0].Err)
	}
	return g.Roots[0].Result.(*model.Package)
}
