package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/rule"
)

// The pages in the repository are those that the code generates.
func TestDocsAreFresh(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out, "../../../docs", true); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestWriteAndCheck(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "docs")
	var out bytes.Buffer
	if err := run(&out, dir, true); err == nil {
		t.Error("missing pages are not noticed")
	}
	if err := run(&out, dir, false); err != nil {
		t.Fatal(err)
	}
	if err := run(&out, dir, true); err != nil {
		t.Errorf("fresh pages are refused: %v", err)
	}
	gone := filepath.Join(dir, "gone.md")
	if err := os.WriteFile(gone, []byte("old\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := run(&out, dir, true); err == nil || !strings.Contains(out.String(), "-old\n") {
		t.Errorf("a page too many is not shown: %v\n%s", err, out.String())
	}
	if err := run(&out, dir, false); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("a page too many is left")
	}
}

func TestGenerate(t *testing.T) {
	rules := []rule.Rule{{Name: "r", Pass: "p", Summary: "a | b"}, {Name: "s", Pass: "q"}}
	broken := &analysis.Analyzer{Name: "p", Doc: "p: does things\n"}
	if _, err := generate([]*analysis.Analyzer{broken}, rules); err == nil {
		t.Error("a manual without prose is accepted")
	}
	page := index([]*analysis.Analyzer{broken}, rules)
	for _, want := range []string{"## [p](p.md)\n\nDoes things.\n", "| [r](p.md#r) | default | a \\| b |\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("index lacks %q:\n%s", want, page)
		}
	}
	if strings.Contains(page, "[s]") {
		t.Error("a rule stands under another pass")
	}
}

func TestDiff(t *testing.T) {
	got := diff("x.md", "a\nb\nc\n", "a\nd\nc\n")
	if lines := strings.Split(got, "\n"); !slices.Equal(lines[2:], []string{"@@ line 2 @@", "-b", "+d", ""}) {
		t.Errorf("diff is\n%s", got)
	}
}
