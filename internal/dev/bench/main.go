//go:build linux

// Command bench measures what asynclint costs beside other linters.
//
//	go run ./internal/dev/bench DIR [packages]
//
// Each tool runs over the packages (default ./...) of the module in DIR in three
// states: from an empty build cache, with dependencies compiled, and again with
// nothing changed. One run is one sample: numbers of different runs, or of a
// busy machine, cannot be compared, but those within a table can.
//
// Time is what the process and all its children used; the peak is that of the
// largest of them. Linux only, since kernels disagree about units.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// main reads the command line.
func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: bench DIR [packages]")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures all tools over the packages in dir and prints the table.
func run(out io.Writer, dir string, packages []string) (err error) {
	if info, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil || info.IsDir() {
		return fmt.Errorf("%s is not the top of a module", dir)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if len(packages) == 0 {
		packages = []string{"./..."}
	}
	scratch, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, os.RemoveAll(scratch)) }()
	tools, err := install(scratch, packages)
	if err != nil {
		return err
	}
	samples, err := measureAll(tools, dir, scratch, packages)
	if err != nil {
		return err
	}
	return printTable(out, samples)
}

// measureAll takes a sample of each tool in each state.
func measureAll(tools []tool, dir, scratch string, packages []string) ([]sample, error) {
	compiled, err := newCaches(filepath.Join(scratch, "compiled"))
	if err != nil {
		return nil, err
	}
	compile := append([]string{"go", "list", "-export", "-deps", "-test", "-f", "{{if .Error}}{{.Error}}{{end}}"}, packages...)
	if got, err := measure(dir, compiled, compile); err != nil || got.exit != 0 {
		return nil, errors.Join(fmt.Errorf("packages in %s do not compile:\n%s", dir, got.complaints), err)
	}
	var samples []sample
	for _, t := range tools {
		taken, err := measureStates(t, dir, filepath.Join(scratch, t.slug), compiled)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		samples = append(samples, taken...)
	}
	return samples, nil
}

// measureStates takes a sample of t in each state. Caches are the tool's own
// and below scratch; compiled holds the dependencies.
func measureStates(t tool, dir, scratch string, compiled caches) ([]sample, error) {
	empty, err := newCaches(filepath.Join(scratch, "empty"))
	if err != nil {
		return nil, err
	}
	warm, err := newCaches(filepath.Join(scratch, "warm"))
	if err != nil {
		return nil, err
	}
	if err := linkTree(compiled.build(), warm.build()); err != nil {
		return nil, err
	}
	var samples []sample
	for _, s := range []struct {
		name   string
		caches caches
	}{{"empty build cache", empty}, {"dependencies compiled", warm}, {"nothing changed", warm}} {
		u, err := measure(dir, s.caches, t.argv)
		if err != nil {
			return nil, err
		}
		if u.exit > t.maxExit {
			return nil, fmt.Errorf("%s: exit code %d\n%s", s.name, u.exit, u.complaints)
		}
		samples = append(samples, sample{s.name, t.name, u})
	}
	return samples, os.RemoveAll(empty.dir)
}
