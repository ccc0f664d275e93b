package config

import (
	"reflect"
	"slices"
	"testing"

	"github.com/asynclint/asynclint/internal/rule"
)

// known stands for the rules of all passes.
var known = []rule.Rule{
	{Name: "chan-op-under-lock", Pass: "lockacrossblock"},
	{Name: "callback-under-lock", Pass: "lockacrossblock", Level: rule.Strict},
	{Name: "print-in-library", Pass: "printlog"},
}

func TestOn(t *testing.T) {
	sure, strict := known[0], known[1]
	for name, c := range map[string]struct {
		s      Settings
		r      rule.Rule
		strict bool
		want   bool
	}{
		"default rule":                    {Settings{}, sure, false, true},
		"strict finding of default rule":  {Settings{}, sure, true, false},
		"strict rule":                     {Settings{}, strict, false, false},
		"strict rule at strict":           {Settings{Level: rule.Strict}, strict, false, true},
		"strict finding at strict":        {Settings{Level: rule.Strict}, sure, true, true},
		"enabled strict rule":             {Settings{Enable: []string{strict.Name}}, strict, false, true},
		"enabled rule, strict finding":    {Settings{Enable: []string{sure.Name}}, sure, true, true},
		"enabled pass":                    {Settings{Enable: []string{strict.Pass}}, strict, false, true},
		"disabled rule":                   {Settings{Disable: []string{sure.Name}}, sure, false, false},
		"disabled pass":                   {Settings{Disable: []string{sure.Pass}}, sure, false, false},
		"disabled pass, enabled rule":     {Settings{Disable: []string{sure.Pass}, Enable: []string{sure.Name}}, sure, false, true},
		"disabled rule of enabled pass":   {Settings{Disable: []string{sure.Name}, Enable: []string{sure.Pass}}, sure, false, false},
		"rule on both lists":              {Settings{Disable: []string{sure.Name}, Enable: []string{sure.Name}}, sure, false, false},
		"pass switched off, rule enabled": {Settings{Passes: map[string]bool{sure.Pass: false}, Enable: []string{sure.Name}}, sure, false, false},
		"pass switched on":                {Settings{Passes: map[string]bool{sure.Pass: true}}, sure, false, true},
		"another pass switched off":       {Settings{Passes: map[string]bool{"printlog": false}}, sure, false, true},
	} {
		if got := c.s.On(c.r, c.strict); got != c.want {
			t.Errorf("%s: On = %v, want %v", name, got, c.want)
		}
	}
}

func TestActive(t *testing.T) {
	old := active.Load()
	t.Cleanup(func() { active.Store(old) })
	active.Store(nil)
	if got := Active(); !reflect.DeepEqual(got, Default()) {
		t.Errorf("Active without Use = %+v, want the defaults", got)
	}
	s := &Settings{HugeBuffer: 7}
	Use(s)
	if Active() != s {
		t.Error("Active is not what Use was given")
	}
}

// TestEveryFieldIsAnOption keeps fields, keys and the hash together: a field
// that no key can set or that Hash forgets is a mistake.
func TestEveryFieldIsAnOption(t *testing.T) {
	fields := reflect.TypeFor[Settings]().NumField() - 1 // HostNolint is the driver's
	if n := len(Describe()); n != fields {
		t.Errorf("%d options for %d fields", n, fields)
	}
	hashes := map[string]string{Default().Hash(): "the defaults"}
	for _, src := range []string{
		"level: strict", "enable: [printlog]", "disable: [printlog]", "passes: {printlog: false}", "facts: all", "unsafe-fixes: true",
		"blocking: ['a/b.F | net']", "min-sleep: 1s", "huge-buffer: 1", "buffer-bytes: 1", "max-states: 1",
	} {
		s := mustParse(t, src)
		if other, taken := hashes[s.Hash()]; taken {
			t.Errorf("%q has the hash of %q", src, other)
		}
		hashes[s.Hash()] = src
	}
	hosted := Default()
	hosted.HostNolint = true
	if _, taken := hashes[hosted.Hash()]; taken {
		t.Error("HostNolint is not part of the hash")
	}
	if len(hashes) != fields+1 {
		t.Errorf("%d hashes for %d fields and the defaults", len(hashes), fields)
	}
}

func TestHashIgnoresWhatHasNoEffect(t *testing.T) {
	for _, pair := range [][2]string{
		{"", "level: default"},
		{"", "passes: {printlog: true}"},
		{"enable: [printlog, chan-op-under-lock]", "enable: [chan-op-under-lock, printlog, printlog]"},
	} {
		if a, b := mustParse(t, pair[0]), mustParse(t, pair[1]); a.Hash() != b.Hash() {
			t.Errorf("%q and %q differ in hash", pair[0], pair[1])
		}
	}
}

func TestHashLeavesSettingsAlone(t *testing.T) {
	s := &Settings{Enable: []string{"b", "a"}, Passes: map[string]bool{"p": true}}
	s.Hash()
	if !slices.Equal(s.Enable, []string{"b", "a"}) || len(s.Passes) != 1 {
		t.Errorf("Hash changed the settings to %+v", s)
	}
}

func TestDescribe(t *testing.T) {
	defaults := map[string]string{
		"level": "default", "enable": "", "disable": "", "passes": "", "facts": "module", "unsafe-fixes": "false", "blocking": "",
		"min-sleep": "100ms", "huge-buffer": "65536", "buffer-bytes": "67108864", "max-states": "600",
	}
	for _, o := range Describe() {
		want, ok := defaults[o.Key]
		if !ok || o.Default != want || o.Type == "" || o.Text == "" {
			t.Errorf("%+v: want default %q, a type and a text", o, want)
		}
	}
}

func mustParse(t *testing.T, src string) *Settings {
	t.Helper()
	s, err := Parse(FileName, []byte(src), known)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return s
}
