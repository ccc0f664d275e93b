package driver

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnifiedDiff(t *testing.T) {
	before := "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14"
	after := "1\n2\n3\nfour\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n"
	const want = `--- a/x/f.go
+++ b/x/f.go
@@ -1,7 +1,7 @@
 1
 2
 3
-4
+four
 5
 6
 7
@@ -11,4 +11,4 @@
 11
 12
 13
-14
\ No newline at end of file
+14
`
	if got := unifiedDiff("x/f.go", before, after); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestDiffApplies holds that a script turns one text into the other, on random
// texts of few different lines.
func TestDiffApplies(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		lines := make([]string, rnd.IntN(12))
		for i := range lines {
			lines[i] = string(rune('a'+rnd.IntN(3))) + "\n"
		}
		return lines
	}
	for range 2000 {
		a, b := text(), text()
		var left, right []string
		for _, l := range diffLines(a, b) {
			if l.mark != '+' {
				left = append(left, l.text)
			}
			if l.mark != '-' {
				right = append(right, l.text)
			}
		}
		if strings.Join(left, "") != strings.Join(a, "") || strings.Join(right, "") != strings.Join(b, "") {
			t.Fatalf("%q to %q: %q, %q", a, b, left, right)
		}
	}
}

// TestPatchUnderstandsDiffs applies diffs with the patch command, if there is
// one.
func TestPatchUnderstandsDiffs(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Log("no patch command: only TestDiffApplies speaks for the script")
		return
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	before, after := strings.Repeat("same\n", 30)+"old\n", "new\n"+strings.Repeat("same\n", 30)
	if err := os.WriteFile(name, []byte(before), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(patch, "-p1")
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(unifiedDiff("f", before, after))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if data, _ := os.ReadFile(name); string(data) != after {
		t.Errorf("patched to %q", data)
	}
}
