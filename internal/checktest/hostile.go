package checktest

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// Hostile runs a at level strict over testdata/src/hostile, odd but legal Go:
// a must neither fail nor panic, and what it reports must be well formed and
// the same in a second run.
func Hostile(t *testing.T, a *analysis.Analyzer) {
	t.Helper()
	Strict(t)
	paths, err := packagesUnder("hostile")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no hostile fixtures: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimPrefix(path, "hostile/"), func(t *testing.T) {
			checkReports(t, Analyze(t, a, path)[0], Analyze(t, a, path)[0])
		})
	}
}

// packagesUnder lists the fixtures below path, in order.
func packagesUnder(path string) ([]string, error) {
	root := fixtures().root
	var found []string
	err := filepath.WalkDir(filepath.Join(root, path), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(name))
		if dir = filepath.ToSlash(dir); len(found) == 0 || found[len(found)-1] != dir {
			found = append(found, dir)
		}
		return err
	})
	return found, err
}
