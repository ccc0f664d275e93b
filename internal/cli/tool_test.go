package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fixture returns the directory of a fixture module.
func fixture(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// copied returns a copy of a fixture module that a test may change.
func copied(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.CopyFS(dir, os.DirFS(fixture(t, name))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// outcome is what a run of an executable left.
type outcome struct {
	stdout, stderr string
	code           int
}

// command prepares a run of the test binary as asynclint, or of another
// executable that will call it, without a cache and without a network.
func command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asTool+"=1", "ASYNCLINT_CACHE=off", "GOPROXY=off",
		"GOFLAGS=", "GOWORK=", "PWD="+dir, "NO_COLOR=")
	return cmd
}

// run runs a command to its end.
func run(t *testing.T, cmd *exec.Cmd) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if cmd.Stdout == nil {
		cmd.Stdout = &stdout
	}
	cmd.Stderr = &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// lint runs asynclint in dir.
func lint(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	return run(t, command(dir, os.Args[0], args...))
}

// vet runs go vet with asynclint as its tool.
func vet(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	return run(t, command(dir, "go", append([]string{"vet", "-vettool=" + os.Args[0]}, args...)...))
}

// findings returns the lines of an output that report something of the test
// suite, sorted, without the ./ that go vet puts before names.
func findings(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasSuffix(line, "-sleep)") {
			list = append(list, strings.TrimPrefix(line, "./"))
		}
	}
	slices.Sort(list)
	return list
}

// equal compares lists of lines.
func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// contains holds that text mentions each of the parts.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%s", part, text)
		}
	}
}
