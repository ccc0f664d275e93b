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

// TestStats holds that -stats tells the same of a first run and of one that
// reuses its results, and that a bound of one state gives functions up.
func TestStats(t *testing.T) {
	cache := t.TempDir()
	first, again := stats(t, cache, "-stats"), stats(t, cache, "-stats")
	if first != again {
		t.Errorf("first run:\n%s\nsecond run:\n%s", first, again)
	}
	if !strings.Contains(first, " functions explored\n") || !strings.Contains(first, "asynclint: 0 functions given up at max-states\n") {
		t.Errorf("-stats tells:\n%s", first)
	}
	if bound := stats(t, cache, "-stats", "-max-states=1"); strings.Contains(bound, "asynclint: 0 functions given up at max-states\n") {
		t.Errorf("-max-states=1 tells:\n%s", bound)
	}
	if without := stats(t, cache); without != "" {
		t.Errorf("without -stats:\n%s", without)
	}
}

// stats runs the command on the demo module and returns what it counts.
func stats(t *testing.T, cache string, flags ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], append(flags, "-C=../../testdata/demo", "./...")...)
	cmd.Env = append(os.Environ(), asTool+"=1", "ASYNCLINT_CACHE="+cache, "GOFLAGS=")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	_ = cmd.Run() // the exit code only says that there are findings
	var counts strings.Builder
	for line := range strings.Lines(stderr.String()) {
		if strings.HasPrefix(line, "asynclint: ") {
			counts.WriteString(line)
		}
	}
	return counts.String()
}
