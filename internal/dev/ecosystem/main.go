// Command ecosystem shows what asynclint says about real code, and what a
// change makes it say differently.
//
//	go run ./internal/dev/ecosystem [-base REV] [-level LEVEL] [-list] DIR|MODULE@VERSION …
//
// It builds asynclint from the work tree and, with -base, from that revision,
// runs both over each target and prints the findings that appear and vanish,
// the number of findings of each rule, and findings per 10 000 lines. A module
// is downloaded and copied, since the module cache is read-only.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// options are the command line.
type options struct {
	base    string // revision to compare with; "" compares with nothing
	level   string
	list    bool // print every finding, not only those that differ
	targets []string
}

// main reads the command line.
func main() {
	var o options
	flag.StringVar(&o.base, "base", "", "compare with asynclint as of this git revision")
	flag.StringVar(&o.level, "level", "default", "level of both runs: default or strict")
	flag.BoolVar(&o.list, "list", false, "print every finding, not only those that differ")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: ecosystem [-base REV] [-level LEVEL] [-list] DIR|MODULE@VERSION ...")
		flag.PrintDefaults()
	}
	flag.Parse()
	o.targets = flag.Args()
	if err := run(os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "ecosystem:", err)
		os.Exit(1)
	}
}

// run does it all in a temporary directory.
func run(out io.Writer, o options) (err error) {
	if len(o.targets) == 0 {
		return errors.New("name directories or modules (path@version) to analyse")
	}
	scratch, err := os.MkdirTemp("", "ecosystem")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, os.RemoveAll(scratch)) }()
	tools, err := buildTools(scratch, o.base)
	if err != nil {
		return err
	}
	var total comparison
	for i, name := range o.targets {
		t, err := locate(name, filepath.Join(scratch, fmt.Sprint("target", i)))
		if err != nil {
			return err
		}
		c, err := compare(tools, t, o)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c.print(out, name, o.base != "")
		total.add(c)
	}
	if len(o.targets) > 1 {
		total.print(out, "all targets", o.base != "")
	}
	return nil
}

// compare runs the tools over t.
func compare(tools tools, t target, o options) (comparison, error) {
	now, err := analyse(tools.current, t, o.level)
	if err != nil {
		return comparison{}, err
	}
	lines, err := countLines(t.dir)
	if err != nil || tools.base == "" {
		return newComparison(now, nil, lines, o.list), err
	}
	before, err := analyse(tools.base, t, o.level)
	if err != nil {
		return comparison{}, fmt.Errorf("base: %w", err)
	}
	return newComparison(now, &before, lines, o.list), nil
}
