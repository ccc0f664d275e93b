package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write creates a file below dir.
func write(t *testing.T, dir, name, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestComparison(t *testing.T) {
	a, b, c := finding{Rule: "r", File: "a.go", Line: 1, Message: "a"}, finding{Rule: "r", File: "a.go", Line: 2, Message: "b"}, finding{Rule: "s", File: "a.go", Line: 3, Message: "c"}
	now := result{Findings: []finding{a, c, c}, Problems: []problem{{Package: "p", Message: "broken\nstack"}}}
	got := newComparison(now, &result{Findings: []finding{a, b, c}}, 20_000, false)
	var out bytes.Buffer
	got.print(&out, "x", true)
	want := `== x
- a.go:2:0: b
+ a.go:3:0: c
r          1  +0  -1
s          2  +1  -0
all rules  3  +1  -1
20000 lines, 1.50 findings per 10 000 lines
1 problems kept packages from being analysed:
! p: broken

`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	var list bytes.Buffer
	newComparison(result{Findings: []finding{a}}, nil, 0, true).print(&list, "y", false)
	if !strings.HasPrefix(list.String(), "== y\n  a.go:1:0: a\nr          1\n") {
		t.Errorf("list is\n%s", list.String())
	}
	var total comparison
	total.add(got)
	total.add(newComparison(result{Findings: []finding{a}}, nil, 0, true))
	if total.rules["r"].now != 2 || total.lines != 20_000 {
		t.Errorf("sum is %+v", total)
	}
}

// Stand-ins for asynclint show how its exits are told apart.
func TestAnalyse(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, script, wantErr string }{
		{"clean", `echo '{"findings":[]}'`, ""},
		{"found", `echo '{"findings":[{"rule":"r","file":"'$PWD'/a.go","line":3}]}'; exit 1`, ""},
		{"problems", `echo '{"findings":[],"problems":[{"message":"x"}]}'; exit 2`, ""},
		{"failed", `echo wrong flag >&2; exit 2`, "wrong flag"},
		{"broken", `echo hello`, "printed no JSON"},
	} {
		exe := write(t, dir, c.name, "#!/bin/sh\n"+c.script+"\n", 0o755)
		r, err := analyse(exe, target{dir: dir}, "default")
		if c.wantErr != "" {
			if err == nil || !strings.Contains(err.Error(), c.wantErr) {
				t.Errorf("%s: error is %v", c.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.name == "found" && (len(r.Findings) != 1 || r.Findings[0].File != "a.go") {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

func TestCopyAndCount(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	write(t, from, "a.go", "package a\n\nvar x int\n", 0o444)
	write(t, from, "testdata/b.go", "package b\n", 0o444)
	write(t, from, "nested/go.mod", "module n\n", 0o444)
	write(t, from, "nested/c.go", "package c\n", 0o444)
	if err := copyModule(from, to, "example.com/a"); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(to, "go.mod"))
	if err != nil || string(mod) != "module example.com/a\n" {
		t.Errorf("go.mod is %q, %v", mod, err)
	}
	write(t, to, "a.go", "package a\n\nvar y int\n", 0o644) // the copy can be written
	if n, err := countLines(to); err != nil || n != 3 {
		t.Errorf("%d lines, %v: want 3", n, err)
	}
}

func TestLocate(t *testing.T) {
	dir := t.TempDir()
	if got, err := locate(dir, ""); err != nil || got.dir != dir {
		t.Errorf("directory: %+v, %v", got, err)
	}
	if _, err := locate("no/such/place", ""); err == nil || !strings.Contains(err.Error(), "path@version") {
		t.Errorf("neither: %v", err)
	}
	if err := run(&bytes.Buffer{}, options{}); err == nil {
		t.Error("no targets: no error")
	}
}
