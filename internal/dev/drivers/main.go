// Command drivers proves that every way to run asynclint finds the same.
//
//	go run ./internal/dev/drivers [-golangci BINARY] [-precommit BINARY]
//
// It assembles the fixtures of testdata/src as a workspace of modules, runs
// asynclint over it by itself and through go vet, through a golangci-lint that
// was built from plugin/custom, and as a pre-commit hook of this repository's
// HEAD, and compares the findings. A driver whose binary is not named is left
// out, and the output says so.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// main reads the command line.
func main() {
	golangci := flag.String("golangci", "", "golangci-lint `binary` with asynclint built in")
	precommit := flag.String("precommit", "", "pre-commit `binary`")
	flag.Parse()
	if err := run(*golangci, *precommit); err != nil {
		fmt.Fprintln(os.Stderr, "drivers:", err)
		os.Exit(1)
	}
}

// driver is one way to run asynclint over the packages below a directory.
type driver struct {
	name string
	run  func(dir string) ([]finding, error)
}

// run compares all drivers with asynclint itself.
func run(golangci, precommit string) error {
	scratch, err := os.MkdirTemp("", "drivers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	repo, err := filepath.Abs(".")
	if err != nil {
		return err
	}
	binary := filepath.Join(scratch, "asynclint")
	if err := command(repo, "go", "build", "-o", binary, "./cmd/asynclint").Run(); err != nil {
		return fmt.Errorf("build asynclint: %w", err)
	}
	space := filepath.Join(scratch, "fixtures")
	if err := assemble(filepath.Join(repo, "testdata", "src"), space); err != nil {
		return err
	}
	return compare(space, chosen(repo, binary, golangci, precommit))
}

// chosen lists the drivers whose binaries are at hand, the reference first.
func chosen(repo, binary, golangci, precommit string) []driver {
	all := []driver{{"asynclint ./...", own(binary)}, {"go vet -vettool", vet(binary)}}
	if golangci != "" {
		all = append(all, driver{"golangci-lint", plugin(golangci)})
	} else {
		fmt.Println("golangci-lint: left out (no -golangci)")
	}
	if precommit != "" {
		all = append(all, driver{"pre-commit", hook(precommit, repo)})
	} else {
		fmt.Println("pre-commit: left out (no -precommit)")
	}
	return all
}

// compare runs every driver and reports where it differs from the first.
func compare(dir string, drivers []driver) error {
	var want []finding
	differs := false
	for i, d := range drivers {
		got, err := d.run(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		fmt.Printf("%s: %d findings\n", d.name, len(got))
		if i == 0 {
			want = got
			continue
		}
		differs = printMissing(d.name+" misses", want, got) || differs
		differs = printMissing("only "+d.name+" has", got, want) || differs
	}
	switch {
	case len(want) == 0:
		return fmt.Errorf("no findings at all: the fixtures were not analysed")
	case differs:
		return fmt.Errorf("the drivers differ")
	}
	return nil
}

// printMissing prints what is in a and not in b.
func printMissing(title string, a, b []finding) (any bool) {
	for _, f := range a {
		if !slices.Contains(b, f) {
			fmt.Printf("%s: %s\n", title, f)
			any = true
		}
	}
	return any
}

// command prepares a command whose errors the user sees. Caches of findings are
// off: each driver is to analyse.
func command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	cmd.Env = append(os.Environ(), "PWD="+dir, "ASYNCLINT_CACHE=off", "NO_COLOR=1")
	return cmd
}
