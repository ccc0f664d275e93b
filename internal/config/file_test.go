package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/asynclint/asynclint/internal/rule"
)

func TestParseEverything(t *testing.T) {
	got := mustParse(t, `# all settings
level: strict
enable:
  - callback-under-lock
disable: [print-in-library, lockacrossblock]
passes:
  printlog: false
facts: all
unsafe-fixes: true
blocking:
  - "(*example.com/db.Pool).Acquire | db | 1 | unbounded | - | use AcquireContext"
min-sleep: 1s
huge-buffer: 1_000
buffer-bytes: 0x100
max-states: 50
`)
	want := &Settings{
		Level:       rule.Strict,
		Enable:      []string{"callback-under-lock"},
		Disable:     []string{"print-in-library", "lockacrossblock"},
		Passes:      map[string]bool{"printlog": false},
		Facts:       FactsAll,
		UnsafeFixes: true,
		Blocking:    []string{"(*example.com/db.Pool).Acquire | db | 1 | unbounded | - | use AcquireContext"},
		MinSleep:    time.Second,
		HugeBuffer:  1000,
		BufferBytes: 256,
		MaxStates:   50,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if rows := got.Rows(); len(rows) != 1 || rows[0].Name.Func != "Acquire" {
		t.Errorf("Rows = %+v", rows)
	}
}

func TestParseNothing(t *testing.T) {
	for _, src := range []string{"", "# nothing\n", "{}", "---\n", "null", "enable:\nlevel:\n", "enable: []"} {
		if got := mustParse(t, src); !reflect.DeepEqual(got, Default()) {
			t.Errorf("%q gives %+v, want the defaults", src, got)
		}
	}
}

func TestParseProblems(t *testing.T) {
	for src, want := range map[string]string{
		"levle: strict":                            `f.yml:1:1: unknown key "levle": did you mean "level"?`,
		"\n  zzzzzzzzzzzz: 1":                      `f.yml:2:3: unknown key "zzzzzzzzzzzz": want level, enable, disable, passes, facts, unsafe-fixes, blocking, min-sleep, huge-buffer, buffer-bytes, max-states`,
		"level: high":                              `f.yml:1:8: unknown level "high": want default or strict`,
		"level: [strict]":                          `f.yml:1:8: unknown level a list: want default or strict`,
		"level: strict\nlevel: default":            `f.yml:2:1: key "level" is set twice`,
		"enable: printlog":                         `f.yml:1:9: want a list, not "printlog"`,
		"enable: [printlgo]":                       `f.yml:1:10: unknown rule or pass "printlgo": did you mean "printlog"?`,
		"enable: [zzzzzzzzzzzzzz]":                 `f.yml:1:10: unknown rule or pass "zzzzzzzzzzzzzz": want chan-op-under-lock, callback-under-lock, print-in-library, lockacrossblock, printlog`,
		"enable: [1]":                              `f.yml:1:10: want a text, not "1"`,
		"enable: [[printlog]]":                     `f.yml:1:10: want a text, not a list`,
		"enable: [~]":                              `f.yml:1:10: want a text, not nothing`,
		"disable: {a: b}":                          `f.yml:1:10: want a list, not a mapping`,
		"enable: [printlog]\ndisable:\n- printlog": `f.yml:3:3: "printlog" is both enabled and disabled`,
		"passes: [printlog]":                       `f.yml:1:9: want a mapping of passes, not a list`,
		"passes: {printlgo: true}":                 `f.yml:1:10: unknown pass "printlgo": did you mean "printlog"?`,
		"passes: {printlog: 1}":                    `f.yml:1:20: want true or false, not "1"`,
		"passes: {[a]: true}":                      `f.yml:1:10: want a name as key, not a list`,
		"facts: some":                              `f.yml:1:8: want module or all, not "some"`,
		"unsafe-fixes: maybe":                      `f.yml:1:15: want true or false, not "maybe"`,
		"unsafe-fixes: 'true'":                     `f.yml:1:15: want true or false, not "true"`,
		"blocking: [nonsense]":                     `f.yml:1:12: row "nonsense": missing column "kind"`,
		"min-sleep: 100":                           `f.yml:1:12: want a duration such as 100ms, not "100"`,
		"min-sleep: -1s":                           `f.yml:1:12: want a duration such as 100ms, not "-1s"`,
		"huge-buffer: 0":                           `f.yml:1:14: want a whole number above 0, not "0"`,
		"huge-buffer: 1.5":                         `f.yml:1:14: want a whole number above 0, not "1.5"`,
		"huge-buffer: '7'":                         `f.yml:1:14: want a whole number above 0, not "7"`,
		"buffer-bytes: 99999999999999999999":       `f.yml:1:15: want a whole number above 0, not "99999999999999999999"`,
		"- level":                                  `f.yml:1:1: want a mapping of settings, not a list`,
		"strict":                                   `f.yml:1:1: want a mapping of settings, not "strict"`,
		"enable: &a [*a]":                          `f.yml:1:13: want a text, not "*a"`,
		"level: strict\n---\nlevel: default":       `f.yml:2:1: want one document, not several`,
		"level: 'strict":                           `f.yml:1:1: found unexpected end of stream`,
		"a: b\n\tc: d":                             `f.yml:2:1: found`,
	} {
		s, err := Parse("f.yml", []byte(src), known)
		if err == nil {
			t.Errorf("%q is accepted as %+v", src, s)
		} else if !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", src, err, want)
		}
	}
}

func TestParseListsAllProblems(t *testing.T) {
	_, err := Parse("f.yml", []byte("levle: x\nfacts: y\nenable: [z1, z2]\nhuge-buffer: -1\n"), known)
	if err == nil {
		t.Fatal("accepted")
	}
	lines := strings.Split(err.Error(), "\n")
	for i, at := range []string{"f.yml:1:1:", "f.yml:2:8:", "f.yml:3:10:", "f.yml:3:14:", "f.yml:4:14:"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], at) {
			t.Fatalf("problem %d is not at %s in\n%v", i, at, err)
		}
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	for name, content := range map[string]string{
		FileName:                      "level: strict",
		"mod/go.mod":                  "module m",
		"mod/a/b/x.go":                "package b",
		"conf/go.mod":                 "module c",
		"conf/" + FileName:            "level: strict",
		"conf/a/b/x.go":               "package b",
		"conf/near/" + FileName:       "level: default",
		"conf/odd/" + FileName + "/x": "a directory of that name",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for dir, want := range map[string]string{
		"mod": "", "mod/a/b": "", // the module root ends the search
		"conf": "conf", "conf/a/b": "conf", "conf/near": "conf/near", "conf/odd": "conf",
	} {
		got, err := Find(filepath.Join(root, dir))
		if want != "" {
			want = filepath.Join(root, want, FileName)
		}
		if err != nil || got != want {
			t.Errorf("Find(%s) = %q, %v; want %q", dir, got, err, want)
		}
	}
	s, path, err := Load(filepath.Join(root, "conf", "a"), known)
	if err != nil || s.Level != rule.Strict || path == "" {
		t.Errorf("Load = %+v, %q, %v; want level strict", s, path, err)
	}
	s, path, err = Load(filepath.Join(root, "mod"), known)
	if err != nil || !reflect.DeepEqual(s, Default()) || path != "" {
		t.Errorf("Load = %+v, %q, %v; want the defaults", s, path, err)
	}
	if _, err := LoadFile(filepath.Join(root, "none.yml"), known); err == nil {
		t.Error("a missing file is accepted")
	}
}
