package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// tools are the executables to compare; base is "" if there is none.
type tools struct{ current, base string }

// buildTools builds asynclint from the work tree and from revision base.
func buildTools(scratch, base string) (tools, error) {
	top, err := output("", "git", "rev-parse", "--show-toplevel")
	if err != nil {
		return tools{}, err
	}
	top = strings.TrimSpace(top)
	built := tools{current: filepath.Join(scratch, "asynclint-current")}
	if err := build(top, built.current); err != nil || base == "" {
		return built, err
	}
	built.base = filepath.Join(scratch, "asynclint-base")
	return built, buildRevision(top, base, filepath.Join(scratch, "base"), built.base)
}

// buildRevision builds asynclint as of revision in a git worktree of its own at
// dir, which it removes afterwards.
func buildRevision(top, revision, dir, exe string) (err error) {
	if _, err := output(top, "git", "worktree", "add", "--quiet", "--detach", dir, revision); err != nil {
		return err
	}
	defer func() {
		_, removeErr := output(top, "git", "worktree", "remove", "--force", dir)
		err = cmp.Or(err, removeErr)
	}()
	if err := build(dir, exe); err != nil {
		return fmt.Errorf("revision %s: %w", revision, err)
	}
	return nil
}

// build builds the command in the module at dir.
func build(dir, exe string) error {
	_, err := output(dir, "go", "build", "-o", exe, "./cmd/asynclint")
	return err
}

// output runs a command in dir and returns what it prints; the error holds what
// it complains of.
func output(dir string, argv ...string) (string, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir = dir
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(argv, " "), err, complaints.Bytes())
	}
	return string(text), nil
}

// result is what one run says, as asynclint -json prints it.
type result struct {
	Findings []finding
	Problems []problem
}

// problem is something that kept a package from being analysed.
type problem struct{ Position, Package, Message string }

// finding is one report. Two runs over the same source agree on a finding if
// all of it is equal.
type finding struct {
	Rule    string
	File    string // relative to the target
	Line    int
	Column  int
	Message string
}

// String shows the finding as a compiler would.
func (f finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
}

// foundSomething is the exit code that is no failure.
const foundSomething = 1

// analyse runs exe over all packages of t, without its cache.
func analyse(exe string, t target, level string) (result, error) {
	cmd := exec.Command(exe, "-json", "-level="+level, "./...")
	cmd.Dir = t.dir
	cmd.Env = slices.Concat(os.Environ(), []string{"PWD=" + t.dir, "ASYNCLINT_CACHE=off"}, t.env)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	text, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && len(text) > 0) {
		return result{}, fmt.Errorf("%s: %w\n%s", filepath.Base(exe), err, complaints.Bytes())
	}
	var r result
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("%s printed no JSON: %w\n%s", filepath.Base(exe), err, complaints.Bytes())
	}
	if exit != nil && exit.ExitCode() != foundSomething && len(r.Problems) == 0 {
		return r, fmt.Errorf("%s: %w\n%s", filepath.Base(exe), err, complaints.Bytes())
	}
	for i, f := range r.Findings {
		if rel, err := filepath.Rel(t.dir, f.File); err == nil && filepath.IsAbs(f.File) {
			r.Findings[i].File = filepath.ToSlash(rel)
		}
	}
	return r, nil
}
