package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// cached runs asynclint with a cache in the given directory.
func cached(t *testing.T, cache, dir string, args ...string) outcome {
	t.Helper()
	cmd := command(dir, os.Args[0], args...)
	cmd.Env = append(cmd.Env, "ASYNCLINT_CACHE="+cache)
	return run(t, cmd)
}

// entries returns the entries of a cache with their time stamps.
func entries(t *testing.T, cache string) map[string]time.Time {
	t.Helper()
	list := make(map[string]time.Time)
	err := filepath.WalkDir(cache, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == cache {
			return err
		}
		info, err := d.Info()
		list[path] = info.ModTime()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestCachedRunIsTheSame(t *testing.T) {
	cache, dir := t.TempDir(), fixture(t, "basic")
	for _, args := range [][]string{{"./..."}, {"-json", "./..."}, {"-sarif", "./..."}, {"-format=github", "./..."}} {
		plain := lint(t, dir, args...)
		first := cached(t, cache, dir, args...)
		second := cached(t, cache, dir, args...)
		if first != plain || second != plain {
			t.Errorf("%v: %+v, then %+v, without cache %+v", args, first, second, plain)
		}
	}
	before := len(entries(t, cache))
	cached(t, cache, dir, "./...")
	if after := len(entries(t, cache)); before == 0 || after != before {
		t.Errorf("%d entries, then %d", before, after)
	}
	if out := cached(t, cache, dir, "-level=strict", "./calls"); !strings.Contains(out.stdout, "named-sleep") {
		t.Errorf("other settings, old results: %s", out.stdout)
	}
}

func TestCacheCanBeSwitchedOff(t *testing.T) {
	cache := t.TempDir()
	cached(t, cache, fixture(t, "basic"), "-cache=false", "./calls")
	if n := len(entries(t, cache)); n != 0 {
		t.Errorf("%d entries", n)
	}
}

func TestBrokenCacheIsIgnored(t *testing.T) {
	cache, dir := t.TempDir(), fixture(t, "basic")
	want := cached(t, cache, dir, "./...")
	for path := range entries(t, cache) {
		if err := os.WriteFile(path, []byte("no entry at all, but longer than a checksum"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got := cached(t, cache, dir, "./..."); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for path := range entries(t, cache) {
		if err := os.Truncate(path, 3); err != nil {
			t.Fatal(err)
		}
	}
	if got := cached(t, cache, dir, "./..."); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	file := filepath.Join(cache, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if got := cached(t, file, dir, "./..."); got != want {
		t.Errorf("cache in a file: %+v, want %+v", got, want)
	}
}

func TestOldEntriesAreTrimmed(t *testing.T) {
	cache, dir := t.TempDir(), fixture(t, "basic")
	cached(t, cache, dir, "./calls")
	old := time.Now().Add(-100 * 24 * time.Hour)
	for path := range entries(t, cache) {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(filepath.Join(cache, "trimmed"), old, old); err != nil {
		t.Fatal(err)
	}
	cached(t, cache, dir, "./empty")
	if n := len(entries(t, cache)); n != 1 {
		t.Errorf("%d entries", n)
	}
}

// TestChangesReachImporters edits a package and looks at what is analysed
// again in a package that imports it.
func TestChangesReachImporters(t *testing.T) {
	cache, dir := t.TempDir(), copied(t, "basic")
	cached(t, cache, dir, "./calls")
	const body = "func Awake() {}"
	nap := read(t, dir, "nap/nap.go")

	before := len(entries(t, cache))
	write(t, dir, "nap/nap.go", strings.Replace(nap, body, "func Awake() { _ = 1 }", 1))
	equal(t, "private change", findings(cached(t, cache, dir, "./calls").stdout), sorted(basicFindings[:2]))
	if after := len(entries(t, cache)); after != before+1 {
		t.Errorf("a change within a function: %d entries, then %d", before, after)
	}

	write(t, dir, "nap/nap.go", strings.Replace(nap, body, "func Awake() { Nap() }", 1))
	equal(t, "changed fact", findings(cached(t, cache, dir, "./calls").stdout), sorted(append([]string{
		"calls/calls.go:8:2: Awake sleeps; stay awake (calls-sleep)"}, basicFindings[:2]...)))

	write(t, dir, "nap/nap.go", nap)
	calls := read(t, dir, "calls/calls.go")
	write(t, dir, "calls/calls.go", strings.Replace(calls, "\tnap.Awake()\n", "", 1))
	equal(t, "facts from the cache", findings(cached(t, cache, dir, "./calls").stdout), sorted([]string{
		"calls/calls.go:8:2: Nap sleeps; stay awake (calls-sleep)",
		"calls/calls.go:9:2: Lie sleeps; stay awake (calls-sleep)",
	}))

	write(t, dir, "nap/nap.go", strings.Replace(nap, "func (Bed) Lie()", "func (Bed) Sit()", 1))
	out := cached(t, cache, dir, "./calls")
	contains(t, out.stderr, "calls/calls.go:9:6: ", "Lie")
	if out.code != 2 {
		t.Errorf("exit code %d", out.code)
	}
}

func TestSettingsFileIsPartOfGoVetsCacheKey(t *testing.T) {
	dir := copied(t, "fixes")
	for _, step := range []struct{ settings, want string }{
		{"level: default\n", "fixes.go:8:2: Sleep sleeps; stay awake (calls-sleep)"},
		{"level: strict\n", "fixes.go:7:6: Nap sleeps (named-sleep)"},
	} {
		write(t, dir, ".asynclint.yml", step.settings)
		contains(t, vet(t, dir, ".").stderr, step.want)
		contains(t, lint(t, dir).stdout, step.want)
	}
	write(t, dir, ".asynclint.yml", "disable: [sleepy]\n")
	if out := vet(t, dir, "."); out.code != 0 || out.stderr != "" {
		t.Errorf("%+v", out)
	}
}
