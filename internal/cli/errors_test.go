package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// brokenModule returns a copy of the fixture broken with a package that does
// not parse; such a file would trip formatters if it lay in the tree.
func brokenModule(t *testing.T) string {
	t.Helper()
	dir := copied(t, "broken")
	if err := os.Mkdir(filepath.Join(dir, "syntax"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "syntax/syntax.go", "package syntax\n\nfunc Broken( {\n")
	return dir
}

func TestBadInput(t *testing.T) {
	basic, broken := fixture(t, "basic"), brokenModule(t)
	outside := t.TempDir()
	settings := filepath.Join(outside, "bad.yml")
	if err := os.WriteFile(settings, []byte("level: loud\nlevle: strict\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		dir  string
		args []string
		want []string
	}{
		{"unknown flag", basic, []string{"-jsno"}, []string{"unknown flag -jsno: did you mean -json?"}},
		{"strange flag", basic, []string{"-qqqqqqqq"}, []string{"unknown flag -qqqqqqqq"}},
		{"flag without value", basic, []string{"-format"}, []string{"flag needs an argument: -format"}},
		{"unknown format", basic, []string{"-format=xml"}, []string{`unknown format "xml": want text, json, sarif, github`}},
		{"two formats", basic, []string{"-json", "-sarif"}, []string{"exclude each other"}},
		{"diff as JSON", basic, []string{"-json", "-diff"}, []string{"exclude each other"}},
		{"unknown rule", basic, []string{"-enable=calls-slep"}, []string{`"calls-slep"`, `did you mean "calls-sleep"?`}},
		{"unknown level", basic, []string{"-level=loud"}, []string{`"loud"`}},
		{"no such directory", basic, []string{"-C", "nowhere"}, []string{"-C", "nowhere", "no such file"}},
		{"no such pattern", basic, []string{"./nowhere"}, []string{"nowhere"}},
		{"nothing matches", filepath.Join(basic, "empty"), []string{"./x..."}, []string{"no packages match ./x..."}},
		{"no module", outside, []string{"./..."}, []string{"go.mod"}},
		{"no such settings", basic, []string{"-config=none.yml"}, []string{"none.yml"}},
		{"broken settings", basic, []string{"-config=" + settings, "./calls"},
			[]string{"bad.yml:1:", `"loud"`, "bad.yml:2:", `"levle"`}},
		{"excluded files", basic, []string{"-tags=x", "./tags/night_"}, []string{"night_"}},
		{"bad pattern", basic, []string{"--", "-x"}, []string{"-x"}},
		{"syntax error", broken, []string{"./syntax"}, []string{"syntax/syntax.go:3:"}},
		{"type error", broken, []string{"./types"}, []string{"types/types.go:5:20: "}},
		{"missing import", broken, []string{"./missing"}, []string{"missing/missing.go:4:10: ", "example.com/nowhere"}},
		{"row of nothing", basic, []string{"-blocking=time.Slep | sleep | sleep | none", "./calls"}, []string{"time.Slep"}},
		{"no such topic", basic, []string{"help", "calls-slep"}, []string{`did you mean "calls-sleep"?`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := lint(t, test.dir, test.args...)
			if out.code != 2 {
				t.Errorf("exit code %d; stdout:\n%s", out.code, out.stdout)
			}
			contains(t, out.stderr, test.want...)
			for line := range strings.Lines(out.stderr) {
				if !strings.HasPrefix(line, "asynclint: ") && !strings.Contains(line, " findings in ") {
					t.Errorf("strange line %q", line)
				}
			}
		})
	}
}

func TestBrokenPackagesDoNotHideOthers(t *testing.T) {
	out := lint(t, brokenModule(t), "./...")
	if out.code != 2 {
		t.Errorf("exit code %d", out.code)
	}
	equal(t, "findings", findings(out.stdout), []string{
		"good/good.go:7:14: Sleep sleeps; stay awake (calls-sleep)",
	})
	contains(t, out.stderr,
		"syntax/syntax.go:3:",
		"types/types.go:5:20: ",
		"example.com/broken/uses: not analysed: it imports example.com/broken/types, which does not type-check",
		"missing/missing.go:4:10: ")
	if strings.Contains(out.stderr, "Undefined") {
		t.Errorf("an error that follows from another is told:\n%s", out.stderr)
	}
}

func TestProblemsAreInEveryFormat(t *testing.T) {
	for _, format := range []string{"json", "sarif", "github"} {
		out := lint(t, fixture(t, "broken"), "-format="+format, "./types")
		if out.code != 2 {
			t.Errorf("%s: exit code %d", format, out.code)
		}
		contains(t, out.stdout, "types/types.go:5:20")
	}
}

func TestGoVetToldRowsOfNothing(t *testing.T) {
	out := vet(t, fixture(t, "basic"), "-asynclint.blocking=time.Slep | sleep | sleep | none", "./nap")
	if out.code == 0 {
		t.Error("exit code 0")
	}
	contains(t, out.stderr, "time.Slep")
}

// Settings that are no good are told once per package of the user's, not once
// per dependency.
func TestGoVetToldBadSettingsOnce(t *testing.T) {
	out := vet(t, fixture(t, "basic"), "-asynclint.level=loud", "./nap")
	if out.code == 0 {
		t.Error("exit code 0")
	}
	if n := strings.Count(out.stderr, "asynclint: -asynclint.level: "); n != 2 { // the package and its tests
		t.Errorf("told %d times:\n%s", n, out.stderr)
	}
}

func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		return // this system has no such device
	}
	defer full.Close()
	for _, args := range [][]string{{"-json"}, {}, {"-sarif"}, {"help"}, {"-version"}, {"-diff"}} {
		cmd := command(fixture(t, "fixes"), os.Args[0], args...)
		cmd.Stdout = full
		out := run(t, cmd)
		if out.code != 2 || !strings.Contains(out.stderr, "cannot write") {
			t.Errorf("%v: exit code %d, stderr %q", args, out.code, out.stderr)
		}
	}
}

func TestPanicNamesAnalyzerAndPackage(t *testing.T) {
	dir := copied(t, "basic")
	file := filepath.Join(dir, "empty", "empty.go")
	if err := os.WriteFile(file, []byte("package empty\n\nfunc Boom() {}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := lint(t, dir, "./empty", "./calls")
	if out.code != 2 {
		t.Errorf("exit code %d", out.code)
	}
	contains(t, out.stderr, "example.com/basic/empty: analyzer fragile panicked: boom", "suite_test.go")
	equal(t, "others", findings(out.stdout), sorted(basicFindings[:2]))
	out = vet(t, dir, "./empty")
	if out.code == 0 {
		t.Errorf("go vet: exit code 0")
	}
	contains(t, out.stderr, "example.com/basic/empty: analyzer fragile panicked: boom")
}

func TestGoVetLeavesTypeErrorsToTheCompiler(t *testing.T) {
	out := vet(t, fixture(t, "broken"), "./types", "./good")
	if out.code == 0 {
		t.Error("exit code 0")
	}
	contains(t, out.stderr, "types/types.go:5:20", "good/good.go:7:14: Sleep sleeps")
}

func TestGoVetToldBrokenSettings(t *testing.T) {
	dir := copied(t, "fixes")
	if err := os.WriteFile(filepath.Join(dir, ".asynclint.yml"), []byte("level: loud\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := vet(t, dir, ".")
	if out.code == 0 {
		t.Error("exit code 0")
	}
	contains(t, out.stderr, ".asynclint.yml:1:8", `"loud"`)
}

func TestCgoWithoutCompilerIsTold(t *testing.T) {
	cmd := command(fixture(t, "basic"), os.Args[0], "./cgo", "./calls")
	cmd.Env = append(cmd.Env, "CC=/nonexistent/cc", "GOCACHE="+t.TempDir(), "CGO_ENABLED=1")
	out := run(t, cmd)
	if out.code != 2 {
		t.Errorf("exit code %d", out.code)
	}
	contains(t, out.stderr, "example.com/basic/cgo: not analysed: cgo does not work here")
	equal(t, "others", findings(out.stdout), sorted(basicFindings[:2]))
	cmd = command(fixture(t, "basic"), os.Args[0], "./...")
	cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	if out := run(t, cmd); out.code != 1 || strings.Contains(out.stdout+out.stderr, "cgo") {
		t.Errorf("without cgo: %+v", out)
	}
}
