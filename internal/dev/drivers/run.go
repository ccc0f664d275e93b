package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/asynclint/asynclint/passes"
)

// finding is one report, with a path relative to the workspace. The column is
// left out: pre-commit and golangci-lint count it differently.
type finding struct {
	file    string
	line    int
	message string
}

// String returns the finding as compilers print one.
func (f finding) String() string { return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.message) }

// reported matches a finding in text: every message ends with its rule. Steps
// of explanations do not, whatever stands in their parentheses.
var reported = regexp.MustCompile(`(?m)^([^\s:]+\.go):(\d+):(?:\d+:)? (\S.* \((?:` + ruleNames() + `)\))$`)

// ruleNames returns all rules as alternatives of a regular expression.
func ruleNames() string {
	var names []string
	for _, r := range passes.Rules() {
		names = append(names, r.Name)
	}
	return strings.Join(names, "|")
}

// parse reads findings out of text.
func parse(dir string, text []byte) []finding {
	var found []finding
	for _, m := range reported.FindAllSubmatch(text, -1) {
		line, _ := strconv.Atoi(string(m[2]))
		found = append(found, finding{relative(dir, string(m[1])), line, string(m[3])})
	}
	return sorted(found)
}

// relative returns path as seen from dir.
func relative(dir, path string) string {
	if !filepath.IsAbs(path) {
		return filepath.ToSlash(filepath.Clean(path))
	}
	if rel, err := filepath.Rel(dir, path); err == nil {
		return filepath.ToSlash(rel)
	}
	return path
}

// sorted orders findings and drops repetitions: some hosts print a package once
// per variant.
func sorted(found []finding) []finding {
	slices.SortFunc(found, func(a, b finding) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(found)
}

// output runs a command that fails when it finds something.
func output(cmd *exec.Cmd) ([]byte, error) {
	var out bytes.Buffer
	cmd.Stdout = &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	return out.Bytes(), nil
}

// own runs asynclint by itself.
func own(binary string) func(string) ([]finding, error) {
	return func(dir string) ([]finding, error) {
		patterns, err := fixtures(dir)
		if err != nil {
			return nil, err
		}
		out, err := output(command(dir, binary, patterns...))
		return parse(dir, out), err
	}
}

// vet runs asynclint through go vet, which prints findings to stderr.
func vet(binary string) func(string) ([]finding, error) {
	return func(dir string) ([]finding, error) {
		patterns, err := fixtures(dir)
		if err != nil {
			return nil, err
		}
		cmd := command(dir, "go", append([]string{"vet", "-vettool=" + binary}, patterns...)...)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		if _, err := output(cmd); err != nil {
			return nil, err
		}
		return parse(dir, errs.Bytes()), nil
	}
}

// linterSettings switch off what golangci-lint does to findings.
const linterSettings = `version: "2"
linters:
  default: none
  enable: [asynclint]
  settings:
    custom:
      asynclint: {type: module, description: asynclint, original-url: github.com/asynclint/asynclint}
issues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}
`

// plugin runs a golangci-lint with asynclint built in.
func plugin(binary string) func(string) ([]finding, error) {
	return func(dir string) ([]finding, error) {
		if err := os.WriteFile(filepath.Join(dir, ".golangci.yml"), []byte(linterSettings), 0o666); err != nil {
			return nil, err
		}
		patterns, err := fixtures(dir)
		if err != nil {
			return nil, err
		}
		args := append([]string{"run", "--output.json.path=stdout", "--show-stats=false", "--allow-parallel-runners"}, patterns...)
		cmd := command(dir, binary, args...)
		cmd.Env = append(cmd.Env, "GOLANGCI_LINT_CACHE="+filepath.Join(filepath.Dir(dir), "golangci-cache"))
		out, err := output(cmd)
		if err != nil {
			return nil, err
		}
		return parseIssues(dir, out)
	}
}

// parseIssues reads golangci-lint's JSON. Steps of explanations appear as
// issues of their own; they do not end with a rule.
func parseIssues(dir string, out []byte) ([]finding, error) {
	var result struct {
		Issues []struct {
			Text string
			Pos  struct {
				Filename string
				Line     int
			}
		}
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&result); err != nil {
		return nil, fmt.Errorf("read golangci-lint's output %.200q: %w", out, err)
	}
	var found []finding
	for _, i := range result.Issues {
		text := strings.TrimPrefix(i.Text[strings.Index(i.Text, ": ")+1:], " ")
		if reported.MatchString("x.go:1: " + text) {
			found = append(found, finding{relative(dir, i.Pos.Filename), i.Pos.Line, text})
		}
	}
	return sorted(found), nil
}
