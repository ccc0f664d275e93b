package config

import (
	"strings"
	"testing"
)

// FuzzParse: whatever a file holds, it is read or every problem says where.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"level: strict", "enable: [a, [b], {c: d}]", "passes: {printlog: }", "? [a]\n: b", "a: &x [*x]", "- - -", "<<: {level: strict}",
		"!!binary x: y", "level: !!int strict", "\xff", "\x00", "a:\n\t- b", "%YAML 9", "...\n---\n", "enable: !x [printlog]",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		s, err := Parse("f.yml", []byte(src), known)
		if (s == nil) == (err == nil) {
			t.Fatalf("%v and %v", s, err)
		}
		if err == nil {
			s.Hash()
		} else if !strings.HasPrefix(err.Error(), "f.yml:") {
			t.Errorf("the error does not say where: %v", err)
		}
	})
}
