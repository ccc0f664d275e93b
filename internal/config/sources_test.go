package config

import (
	"bytes"
	"flag"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/asynclint/asynclint/internal/rule"
)

func TestFromMap(t *testing.T) {
	got, err := FromMap(map[string]any{
		"level":        "strict",
		"enable":       []any{"callback-under-lock"},
		"disable":      []string{"print-in-library"},
		"passes":       map[any]any{"printlog": false},
		"facts":        nil,
		"unsafe-fixes": true,
		"min-sleep":    2 * time.Second,
		"huge-buffer":  12,
		"buffer-bytes": 67108864.0,
	}, known)
	if err != nil {
		t.Fatal(err)
	}
	want := &Settings{
		Level: rule.Strict, Enable: []string{"callback-under-lock"}, Disable: []string{"print-in-library"},
		Passes: map[string]bool{"printlog": false}, Facts: FactsModule, UnsafeFixes: true,
		MinSleep: 2 * time.Second, HugeBuffer: 12, BufferBytes: 67108864, MaxStates: 600, HostNolint: true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	defaults := Default()
	defaults.HostNolint = true
	for _, none := range []any{nil, map[string]any{}, map[string]any(nil), (*int)(nil)} {
		if got, err := FromMap(none, known); err != nil || !reflect.DeepEqual(got, defaults) {
			t.Errorf("FromMap(%#v) = %+v, %v; want the defaults", none, got, err)
		}
	}
}

func TestFromMapProblems(t *testing.T) {
	_, err := FromMap(map[string]any{
		"levle":        "strict",
		"enable":       []any{"printlog", "printlgo", 7, nil},
		"passes":       map[string]any{"printlog": "false"},
		"unsafe-fixes": 1,
		"huge-buffer":  1.5,
		"facts":        func() {},
	}, known)
	want := []string{
		"settings.enable[2]: want a text", "settings.enable[3]: want a text, not nothing",
		`settings.enable[1]: unknown rule or pass "printlgo": did you mean "printlog"?`,
		"settings.facts: want module or all", "settings.huge-buffer: want a whole number",
		`settings: unknown key "levle": did you mean "level"?`, "settings.passes.printlog: want true or false", "settings.unsafe-fixes: want true",
	}
	hasLines(t, err, want)
	_, err = FromMap("strict", known)
	hasLines(t, err, []string{`settings: want a mapping of settings, not "strict"`})
}

// apply parses args and lays them over base.
func apply(t *testing.T, base *Settings, prefix string, args ...string) (*Settings, error) {
	t.Helper()
	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	f := Register(fs, prefix, known)
	if err := fs.Parse(args); err != nil {
		t.Fatal(err)
	}
	return f.Apply(base)
}

func TestFlags(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		args []string
		want string // a file of equal effect
	}{
		"none":                        {"level: strict", nil, "level: strict"},
		"level":                       {"level: strict", []string{"-level=default"}, ""},
		"last one counts":             {"", []string{"-level=strict", "-level=default"}, ""},
		"lists grow":                  {"enable: [printlog]", []string{"-enable=chan-op-under-lock,", "-enable", "lockacrossblock"}, "enable: [printlog, chan-op-under-lock, lockacrossblock]"},
		"enable beats file's disable": {"disable: [printlog]", []string{"-enable=printlog"}, "enable: [printlog]"},
		"disable beats file's enable": {"enable: [printlog]", []string{"-disable=printlog"}, "disable: [printlog]"},
		"a pass beats file's rules":   {"enable: [callback-under-lock, print-in-library]", []string{"-disable=lockacrossblock"}, "{enable: [print-in-library], disable: [lockacrossblock]}"},
		"a rule and its pass":         {"", []string{"-enable=callback-under-lock", "-disable=lockacrossblock"}, "{enable: [callback-under-lock], disable: [lockacrossblock]}"},
		"repeated name":               {"enable: [printlog]", []string{"-enable=printlog"}, "enable: [printlog]"},
		"switch":                      {"", []string{"-unsafe-fixes"}, "unsafe-fixes: true"},
		"switch off":                  {"unsafe-fixes: true", []string{"-unsafe-fixes=false"}, ""},
		"numbers and times":           {"", []string{"-min-sleep=1s", "-huge-buffer=5", "-buffer-bytes=6"}, "{min-sleep: 1s, huge-buffer: 5, buffer-bytes: 6}"},
		"rows":                        {"blocking: ['a.F|net']", []string{"-blocking=a.G|net; a.H|dns"}, "blocking: ['a.F|net', 'a.G|net', 'a.H|dns']"},
		"facts":                       {"", []string{"-facts=all"}, "facts: all"},
		"pass off":                    {"", []string{"-printlog=false"}, "passes: {printlog: false}"},
		"only one pass":               {"", []string{"-printlog"}, "passes: {lockacrossblock: false}"},
		"pass back on":                {"passes: {printlog: false}", []string{"-printlog=true"}, "passes: {printlog: true, lockacrossblock: false}"},
	} {
		t.Run(name, func(t *testing.T) {
			base := mustParse(t, c.file)
			got, err := apply(t, base, "", c.args...)
			if err != nil {
				t.Fatal(err)
			}
			if want := mustParse(t, c.want); got.Hash() != want.Hash() {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			if !reflect.DeepEqual(base, mustParse(t, c.file)) {
				t.Error("Apply changed its base")
			}
		})
	}
}

func TestFlagProblems(t *testing.T) {
	_, err := apply(t, Default(), "asynclint.", "-asynclint.level=high", "-asynclint.enable=printlgo", "-printlog=perhaps", "-asynclint.huge-buffer=x")
	hasLines(t, err, []string{
		`-asynclint.level: unknown level "high"`, `-asynclint.enable: unknown rule or pass "printlgo"`,
		`-asynclint.huge-buffer: want a whole number`, `-printlog: want true or false, not "perhaps"`,
	})
}

func TestFlagUsage(t *testing.T) {
	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	var out bytes.Buffer
	fs.SetOutput(&out)
	Register(fs, "asynclint.", known)
	fs.PrintDefaults()
	for _, want := range []string{"-asynclint.level", "(default module)", "-printlog", "-lockacrossblock", "100ms"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("usage lacks %q:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "passes ") || strings.Contains(out.String(), "panic") {
		t.Errorf("usage is odd:\n%s", out.String())
	}
}

// hasLines checks that err consists of lines that start like want.
func hasLines(t *testing.T, err error, want []string) {
	t.Helper()
	if err == nil {
		t.Fatal("accepted")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d problems, want %d:\n%v", len(lines), len(want), err)
	}
	for i, w := range want {
		if !strings.HasPrefix(lines[i], w) {
			t.Errorf("problem %d: %s\nwant %s", i, lines[i], w)
		}
	}
}
