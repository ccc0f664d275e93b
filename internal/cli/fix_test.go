package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const fixesDiff = `--- a/fixes.go
+++ b/fixes.go
@@ -5,6 +5,6 @@
 
 // Nap sleeps.
 func Nap() {
-	time.Sleep(5)
+	time.Sleep(0)
 	time.Sleep(time.Second)
 }
`

// read returns the content of a file in dir.
func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// write replaces the content of a file in dir.
func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
}

func TestDiffChangesNothing(t *testing.T) {
	dir := copied(t, "fixes")
	before := read(t, dir, "fixes.go")
	out := lint(t, dir, "-diff")
	if out.stdout != fixesDiff || out.code != 1 || out.stderr != "" {
		t.Errorf("%+v", out)
	}
	if read(t, dir, "fixes.go") != before {
		t.Error("the file was changed")
	}
}

func TestFix(t *testing.T) {
	dir := copied(t, "fixes")
	out := lint(t, dir, "-fix")
	contains(t, read(t, dir, "fixes.go"), "time.Sleep(0)\n")
	equal(t, "what remains", findings(out.stdout), []string{
		"fixes.go:9:2: Sleep sleeps; stay awake (calls-sleep)",
	})
	if out.code != 1 || out.stderr != "1 fix applied in 1 file\n1 finding in 1 package\n" {
		t.Errorf("%+v", out)
	}
	if out := lint(t, dir, "-diff"); out.code != 0 || out.stdout != "" {
		t.Errorf("a second time: %+v", out)
	}
}

func TestFixInTestVariantIsAppliedOnce(t *testing.T) {
	dir := copied(t, "fixes")
	write(t, dir, "fixes_test.go", "package fixes\n\nimport \"testing\"\n\nfunc TestNap(t *testing.T) {}\n")
	out := lint(t, dir, "-fix")
	contains(t, out.stderr, "1 fix applied in 1 file\n")
	if strings.Contains(out.stderr, "left out") {
		t.Errorf("stderr %s", out.stderr)
	}
}

func TestFixThatBreaksTheFileIsLeftOut(t *testing.T) {
	dir := copied(t, "fixes")
	broken := strings.Replace(read(t, dir, "fixes.go"), "Sleep(5)", "Sleep(13)", 1)
	write(t, dir, "fixes.go", broken)
	out := lint(t, dir, "-fix")
	contains(t, out.stderr, "fix left out: ", "fixes.go would no longer parse", "2 findings")
	if read(t, dir, "fixes.go") != broken {
		t.Error("the file was changed")
	}
}

func TestFixKeepsMode(t *testing.T) {
	dir := copied(t, "fixes")
	name := filepath.Join(dir, "fixes.go")
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	lint(t, dir, "-fix")
	stat, err := os.Stat(name)
	if err != nil || stat.Mode().Perm() != 0o640 {
		t.Errorf("%v %v", stat.Mode(), err)
	}
}

func TestGoVetFix(t *testing.T) {
	dir := copied(t, "fixes")
	out := vet(t, dir, "-fix", "-diff", ".")
	if out.code != 1 || !strings.Contains(out.stdout, "-\ttime.Sleep(5)\n+\ttime.Sleep(0)\n") {
		t.Errorf("-diff: %+v", out)
	}
	out = vet(t, dir, "-fix", ".")
	if out.code != 0 || out.stdout+out.stderr != "" {
		t.Errorf("-fix: %+v", out)
	}
	contains(t, read(t, dir, "fixes.go"), "time.Sleep(0)\n")
}

func TestGoVetContext(t *testing.T) {
	out := vet(t, fixture(t, "fixes"), "-c=0", ".")
	contains(t, out.stderr, "fixes.go:8:2: Sleep sleeps", "8\t\ttime.Sleep(5)\n")
}
