package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// asTool is the environment variable that makes the test binary asynclint.
const asTool = "ASYNCLINT_TEST_AS_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asTool) != "" {
		main()
	}
	os.Exit(m.Run())
}

// output runs a command in the demo module and returns the lines that report
// something, sorted.
func output(t *testing.T, name string, args ...string) []string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata/demo")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asTool+"=1", "ASYNCLINT_CACHE=off", "GOFLAGS=", "PWD="+dir)
	out, _ := cmd.CombinedOutput() // the exit code only says that there are findings
	var lines []string
	for line := range strings.Lines(string(out)) {
		if strings.HasSuffix(line, ")\n") && !strings.Contains(line, ": \t") && !strings.HasPrefix(line, " ") {
			lines = append(lines, strings.TrimPrefix(strings.TrimSpace(line), "./"))
		}
	}
	slices.Sort(lines)
	return lines
}

// TestDemo holds that the command finds in the demo module what it was written
// to show, alone and under go vet.
func TestDemo(t *testing.T) {
	own := output(t, os.Args[0], "-c=-1", "./...")
	vet := output(t, "go", "vet", "-vettool="+os.Args[0], "./...")
	if !slices.Equal(own, vet) {
		t.Errorf("alone:\n\t%s\ngo vet:\n\t%s", strings.Join(own, "\n\t"), strings.Join(vet, "\n\t"))
	}
	text := strings.Join(own, "\n")
	for _, rule := range []string{"(lock-deadlock)", "(sleep-ignores-ctx)"} {
		if !strings.Contains(text, rule) {
			t.Errorf("no %s in:\n%s", rule, text)
		}
	}
}
