package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// basicFindings is what the test suite finds in the fixture basic.
var basicFindings = []string{
	"calls/calls.go:9:2: Nap sleeps; stay awake (calls-sleep)",
	"calls/calls.go:10:2: Lie sleeps; stay awake (calls-sleep)",
	"cgo/cgo.go:11:2: Nap sleeps; stay awake (calls-sleep)",
	"generic/generic.go:14:23: Sleep sleeps; stay awake (calls-sleep)",
	"generic/generic.go:18:2: Lie sleeps; stay awake (calls-sleep)",
	"generic/generic.go:19:2: Lie sleeps; stay awake (calls-sleep)",
	"line/grammar.y:7:4: Sleep sleeps; stay awake (calls-sleep)",
	"nap/ext_test.go:10:2: Lie sleeps; stay awake (calls-sleep)",
	"nap/nap.go:8:2: Sleep sleeps; stay awake (calls-sleep)",
	"nap/nap.go:15:20: Nap sleeps; stay awake (calls-sleep)",
	"nap/nap_test.go:6:2: Nap sleeps; stay awake (calls-sleep)",
	"onlytest/only_test.go:9:34: Nap sleeps; stay awake (calls-sleep)",
}

// sorted returns a sorted copy of a list.
func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func TestOwnModeFindsAcrossPackages(t *testing.T) {
	out := lint(t, fixture(t, "basic"), "./...")
	equal(t, "findings", findings(out.stdout), sorted(basicFindings))
	if out.code != 1 || out.stderr != "12 findings in 6 packages\n" {
		t.Errorf("exit code %d, stderr %q", out.code, out.stderr)
	}
}

func TestGoVetFindsTheSame(t *testing.T) {
	dir := fixture(t, "basic")
	out := vet(t, dir, "./...")
	equal(t, "go vet", findings(out.stderr), sorted(basicFindings))
	if out.code != 1 {
		t.Errorf("exit code %d", out.code)
	}
	out = vet(t, dir, "-asynclint.level=strict", "./calls")
	contains(t, out.stderr, "Rest sleeps (named-sleep)")
	out = vet(t, dir, "-sleepy=false", "./calls")
	if out.code != 0 || out.stderr != "" {
		t.Errorf("without the pass: exit code %d, stderr:\n%s", out.code, out.stderr)
	}
}

func TestTextHasFrameAndSteps(t *testing.T) {
	out := lint(t, fixture(t, "basic"), "-test=false", "./calls")
	want := `calls/calls.go:9:2: Nap sleeps; stay awake (calls-sleep)
  9 | 	nap.Nap()
    | 	^^^^^^^^^
  1. calls/calls.go:9:9: called here

calls/calls.go:10:2: Lie sleeps; stay awake (calls-sleep)
  10 | 	Bed.Lie()
     | 	^^^^^^^^^
  1. calls/calls.go:10:9: called here
`
	if out.stdout != want {
		t.Errorf("got:\n%s\nwant:\n%s", out.stdout, want)
	}
}

func TestWithoutTests(t *testing.T) {
	out := lint(t, fixture(t, "basic"), "-test=false", "./...")
	for _, line := range findings(out.stdout) {
		if strings.Contains(line, "_test.go") {
			t.Errorf("a test was analysed: %s", line)
		}
	}
	if n := len(findings(out.stdout)); n != 9 {
		t.Errorf("%d findings", n)
	}
}

func TestTags(t *testing.T) {
	dir := fixture(t, "basic")
	want := []string{"tags/night.go:8:16: Sleep sleeps; stay awake (calls-sleep)"}
	equal(t, "-tags", findings(lint(t, dir, "-tags=night", "./tags").stdout), want)
	cmd := command(dir, os.Args[0], "./tags")
	cmd.Env = append(cmd.Env, "GOFLAGS=-tags=night")
	equal(t, "GOFLAGS", findings(run(t, cmd).stdout), want)
	if out := lint(t, dir, "./tags"); out.code != 0 || out.stdout+out.stderr != "" {
		t.Errorf("without tags: %+v", out)
	}
}

func TestChangeDirectory(t *testing.T) {
	out := lint(t, filepath.Dir(fixture(t, "basic")), "-C", "basic", "./calls", "-c=-1")
	equal(t, "findings", findings(out.stdout), sorted(basicFindings[:2]))
	if strings.Contains(out.stdout, " | ") {
		t.Errorf("source was not wanted:\n%s", out.stdout)
	}
}

func TestWorkspaceModulesAreRead(t *testing.T) {
	dir := fixture(t, "work")
	want := []string{"two.go:7:15: Nap sleeps; stay awake (calls-sleep)"}
	equal(t, "own mode", findings(lint(t, filepath.Join(dir, "two")).stdout), want)
	equal(t, "go vet", findings(vet(t, filepath.Join(dir, "two"), ".").stderr), want)
}

func TestVendoredModulesAreNotRead(t *testing.T) {
	dir := fixture(t, "vendored")
	want := []string{"main.go:12:2: Sleep sleeps; stay awake (calls-sleep)"}
	equal(t, "own mode", findings(lint(t, dir).stdout), want)
	equal(t, "go vet", findings(vet(t, dir, ".").stderr), want)
	out := lint(t, dir, "-facts=all")
	contains(t, out.stdout, "main.go:11:2: Nap sleeps")
}

func TestFilesAsPackage(t *testing.T) {
	dir := fixture(t, "basic")
	out := lint(t, dir, "line/line.go")
	if out.code != 1 {
		t.Errorf("%+v", out)
	}
	contains(t, out.stdout, "line/grammar.y:7:4")
}

func TestStandardLibraryFromWithin(t *testing.T) {
	out := lint(t, fixture(t, "basic"), "-test=false", "sync/atomic", "errors")
	if out.code != 0 || out.stdout+out.stderr != "" {
		t.Errorf("%+v", out)
	}
}

func TestPassesAndRulesAreSwitched(t *testing.T) {
	dir := fixture(t, "basic")
	for _, args := range [][]string{
		{"-sleepy=false"}, {"-disable=calls-sleep"}, {"-fragile=true"},
	} {
		out := lint(t, dir, append(args, "./calls")...)
		if out.code != 0 || out.stdout+out.stderr != "" {
			t.Errorf("%v: %+v", args, out)
		}
	}
	out := lint(t, dir, "-enable=named-sleep", "./calls")
	contains(t, out.stdout, "calls/calls.go:7:6: Rest sleeps (named-sleep)")
}
