//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// staticcheck is the module that installs staticcheck, pinned so that tables
// of different days mean the same program.
const staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"

// tool is a linter to measure.
type tool struct {
	name    string // as the table shows it
	slug    string // directory of its caches
	argv    []string
	maxExit int // the highest exit code that only says that there are findings
}

// baseline is the tool whose numbers are 1 in the ratios.
const baseline = "go vet"

// install builds the tools into scratch, with the user's own build cache.
func install(scratch string, packages []string) ([]tool, error) {
	bin := filepath.Join(scratch, "bin")
	asynclint := filepath.Join(bin, "asynclint")
	if err := setUp("go", "build", "-o", asynclint, "github.com/asynclint/asynclint/cmd/asynclint"); err != nil {
		return nil, err
	}
	if err := setUp("env", "GOBIN="+bin, "go", "install", staticcheck); err != nil {
		return nil, err
	}
	with := func(argv ...string) []string { return append(argv, packages...) }
	return []tool{
		{"asynclint", "asynclint", with(asynclint), 1},
		{"go vet -vettool=asynclint", "vettool", with("go", "vet", "-vettool="+asynclint), 1},
		{baseline, "vet", with("go", "vet"), 1},
		{"staticcheck", "staticcheck", with(filepath.Join(bin, "staticcheck")), 1},
	}, nil
}

// setUp runs a command that must succeed.
func setUp(argv ...string) error {
	if text, err := exec.Command(argv[0], argv[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", argv, err, text)
	}
	return nil
}

// caches are the directories in which tools remember.
type caches struct{ dir string }

// newCaches creates empty caches below dir.
func newCaches(dir string) (caches, error) {
	c := caches{dir}
	return c, os.MkdirAll(c.build(), 0o755)
}

// build is the go command's cache.
func (c caches) build() string { return filepath.Join(c.dir, "build") }

// environment points every tool to these caches.
func (c caches) environment() []string {
	return append(os.Environ(),
		"GOCACHE="+c.build(),
		"ASYNCLINT_CACHE="+filepath.Join(c.dir, "asynclint"),
		"STATICCHECK_CACHE="+filepath.Join(c.dir, "staticcheck"),
	)
}

// linkTree fills to with hard links to the files below from: a copy of a build
// cache in no time. The go command never changes what a file in it says.
func linkTree(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		a, b := filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())
		if entry.IsDir() {
			if err := os.MkdirAll(b, 0o755); err != nil {
				return err
			}
			err = linkTree(a, b)
		} else {
			err = os.Link(a, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
