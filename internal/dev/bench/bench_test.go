//go:build linux

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A command that fails is measured all the same, with its environment set.
func TestMeasure(t *testing.T) {
	c, err := newCaches(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	u, err := measure(t.TempDir(), c, []string{"sh", "-c", `echo "$GOCACHE $ASYNCLINT_CACHE $STATICCHECK_CACHE" >&2; exit 1`})
	if err != nil || u.exit != 1 || u.peak == 0 || u.wall == 0 {
		t.Errorf("usage is %+v, %v", u, err)
	}
	for dir := range strings.FieldsSeq(string(u.complaints)) {
		if !strings.HasPrefix(dir, c.dir) {
			t.Errorf("cache %s is outside %s", dir, c.dir)
		}
	}
	if n := len(strings.Fields(string(u.complaints))); n != 3 {
		t.Errorf("%d caches are set, want 3", n)
	}
	if _, err := measure(t.TempDir(), c, []string{"./no-such-command"}); err == nil {
		t.Error("no error for a command that does not exist")
	}
}

func TestMeasureStates(t *testing.T) {
	compiled, err := newCaches(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(compiled.build(), "x"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	// The stand-in finds something in its cache unless the cache is empty.
	probe := tool{"probe", "probe", []string{"sh", "-c", `test -z "$(ls $GOCACHE)"`}, 1}
	samples, err := measureStates(probe, t.TempDir(), t.TempDir(), compiled)
	if err != nil || len(samples) != 3 {
		t.Fatalf("%d samples, %v", len(samples), err)
	}
	if samples[0].exit != 0 || samples[1].exit != 1 || samples[2].exit != 1 {
		t.Errorf("the states' caches are wrong: %+v", samples)
	}
	broken := tool{"broken", "broken", []string{"sh", "-c", "echo no >&2; exit 2"}, 1}
	if _, err := measureStates(broken, t.TempDir(), t.TempDir(), compiled); err == nil || !strings.Contains(err.Error(), "no") {
		t.Errorf("a tool that cannot run: %v", err)
	}
}

func TestPrintTable(t *testing.T) {
	var out bytes.Buffer
	err := printTable(&out, []sample{
		{"s1", "a", usage{wall: 3 * time.Second, cpu: time.Second, peak: 5 << 20}},
		{"s1", baseline, usage{wall: 2 * time.Second, cpu: 2 * time.Second}},
	})
	if err != nil || !strings.Contains(out.String(), "s1     a       3.0     1.0    5        1.50        0.50       0") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestRunRefuses(t *testing.T) {
	if err := run(&bytes.Buffer{}, t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "module") {
		t.Errorf("no module: %v", err)
	}
}
