// Command gendoc writes the pages in docs/ from the manuals of the passes, the
// rules and the settings.
//
//	go run ./internal/dev/gendoc          # write
//	go run ./internal/dev/gendoc -check   # compare; exit 1 with a diff if docs/ is behind
//
// The directory holds generated pages only: a page that nothing generates any
// more is removed.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynclint/asynclint/passes"
)

// main reads the command line.
func main() {
	dir := flag.String("dir", "docs", "directory of the pages")
	check := flag.Bool("check", false, "write nothing; fail if a page is behind")
	flag.Parse()
	if err := run(os.Stdout, *dir, *check); err != nil {
		fmt.Fprintln(os.Stderr, "gendoc:", err)
		os.Exit(1)
	}
}

// run writes or compares the pages in dir.
func run(out io.Writer, dir string, check bool) error {
	pages, err := generate(passes.All(), passes.Rules())
	if err != nil {
		return err
	}
	stale, err := behind(dir, pages)
	if err != nil || len(stale) == 0 {
		return err
	}
	if !check {
		return write(dir, pages, stale)
	}
	for _, name := range stale {
		old, _ := os.ReadFile(filepath.Join(dir, name))
		fmt.Fprint(out, diff(filepath.Join(dir, name), string(old), pages[name]))
	}
	return errors.New("docs are behind: run go run ./internal/dev/gendoc")
}

// behind lists the pages in dir that differ from the generated ones, are
// missing, or are not generated any more.
func behind(dir string, pages map[string]string) ([]string, error) {
	stale := slices.Sorted(maps.Keys(pages))
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return stale, nil
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		page, ok := pages[entry.Name()]
		switch {
		case !ok:
			stale = append(stale, entry.Name())
		case bytes.Equal(content, []byte(page)):
			stale = slices.DeleteFunc(stale, func(s string) bool { return s == entry.Name() })
		}
	}
	return stale, nil
}

// write brings the stale pages in dir up to date.
func write(dir string, pages map[string]string, stale []string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range stale {
		path := filepath.Join(dir, name)
		page, ok := pages[name]
		err := os.WriteFile(path, []byte(page), 0o644)
		if !ok {
			err = os.Remove(path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// diff shows the lines of a page that go and come. It only cuts off what both
// ends have in common: people rerun the generator rather than patch by hand.
func diff(name, old, fresh string) string {
	a, b := strings.SplitAfter(old, "\n"), strings.SplitAfter(fresh, "\n")
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s (generated)\n@@ line %d @@\n", name, name, start+1)
	mark(&out, "-", a[start:len(a)-end])
	mark(&out, "+", b[start:len(b)-end])
	return out.String()
}

// mark writes lines behind sign.
func mark(out *strings.Builder, sign string, lines []string) {
	for _, line := range lines {
		if line != "" {
			out.WriteString(sign + strings.TrimSuffix(line, "\n") + "\n")
		}
	}
}
