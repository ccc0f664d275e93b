package checktest

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/rule"
)

// naps is the pass these tests test with: it reports calls of functions that
// sleep, which it knows by a fact, and offers to delete them.
var naps = &analysis.Analyzer{
	Name:      "naps",
	Doc:       napsDoc,
	FactTypes: []analysis.Fact{new(sleeps)},
	Run:       runNaps,
}

const napsDoc = `naps: report sleeping

Sleep is for the weak.

# Rule nap

Calls that sleep.

Why: it takes time.

Example:

	func nap(ctx context.Context) { time.Sleep(time.Second) }

Instead:

	func nap() {}

Not reported: anything else.

Known limits: none.
`

// sleeps is the fact that a function calls time.Sleep.
type sleeps struct{}

func (*sleeps) AFact() {}

func runNaps(pass *analysis.Pass) (any, error) {
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				reportNaps(pass, fn)
			}
		}
	}
	return nil, nil
}

func reportNaps(pass *analysis.Pass, fn *ast.FuncDecl) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.ExprStmt)
		if !ok {
			return true
		}
		fun, ok := call.X.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := fun.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		callee, ok := pass.TypesInfo.Uses[sel.Sel].(*types.Func)
		if ok && (callee.FullName() == "time.Sleep" || pass.ImportObjectFact(callee, new(sleeps))) {
			pass.ExportObjectFact(pass.TypesInfo.Defs[fn.Name], new(sleeps))
			edit := analysis.TextEdit{Pos: call.Pos(), End: call.End()}
			pass.Report(analysis.Diagnostic{
				Pos: call.Pos(), Category: "nap", Message: sel.Sel.Name + " takes a nap; stay awake (nap)",
				SuggestedFixes: []analysis.SuggestedFix{{Message: "stay awake", TextEdits: []analysis.TextEdit{edit}}},
			})
		}
		return true
	})
}

// Wants, facts of a fixture the fixture imports, language version and golden
// file all come together here.
func TestRun(t *testing.T) { Run(t, naps, "checktest/naps") }

func TestManual(t *testing.T) {
	Manual(t, naps, rule.Table{{Name: "nap", Pass: "naps"}})
}

func TestHostile(t *testing.T) { Hostile(t, naps) }

// Stubs are third-party, fixtures are the main module.
func TestModules(t *testing.T) {
	act := Analyze(t, naps, "checktest/naps")[0]
	if m := act.Package.Module; m.Version != "" || !m.Main {
		t.Errorf("fixture's module is %+v", m)
	}
	if m := moduleOf("golang.org/x/sync/errgroup"); m.Version == "" || m.Main {
		t.Errorf("stub's module is %+v", m)
	}
}

func TestSet(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		Strict(t)
		if config.Active().Level != rule.Strict {
			t.Error("level is not strict")
		}
	})
	if config.Active().Level != rule.Default {
		t.Error("the level outlived its test")
	}
}

func TestFaults(t *testing.T) {
	long := strings.Repeat("x", maxMessage) + " (nap)"
	for message, want := range map[string]string{
		"s.mu is held; unlock first (nap)":  "",
		"Held; unlock first (nap)":          "upper case",
		"s.mu is held; unlock first. (nap)": "ends with a stop",
		"s.mu is held; unlock first":        "category",
		"s.mu\nis held (nap)":               "one line",
		long:                                "more than 140",
	} {
		got := strings.Join(faults(analysis.Diagnostic{Message: message, Category: "nap"}, []string{"nap"}, nil), "; ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: faults are %q: want %q", message, got, want)
		}
	}
	if got := faults(analysis.Diagnostic{Message: "x (a)", Category: "a"}, nil, nil); len(got) != 1 {
		t.Errorf("unknown rule: faults are %q", got)
	}
}

func TestParseWants(t *testing.T) {
	for comment, want := range map[string][]string{
		"// plain":                    nil,
		"// want \"a\" `b.c`":         {"a", "b.c"},
		"//asynclint:x // want \"d\"": {"d"},
		"/* want \"e\" */":            {"e"},
	} {
		wants, err := parseWants(comment)
		var got []string
		for _, re := range wants {
			got = append(got, re.String())
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v", comment, got, err)
		}
	}
	for _, bad := range []string{"// want a", "// want \"(\""} {
		if _, err := parseWants(bad); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}

func TestComplete(t *testing.T) {
	name, source, err := complete("package main\n\nimport \"os\"\n\nfunc f(t *testing.T, bytes B) { rand.N(1); bytes.x(); os.Exit(1) }\n\ntype B struct{}\n")
	if err != nil || name != "example_test.go" {
		t.Fatalf("%q, %v", name, err)
	}
	for _, want := range []string{"package main\n", `"testing"`, `"math/rand/v2"`} {
		if !strings.Contains(string(source), want) {
			t.Errorf("no %s in\n%s", want, source)
		}
	}
	if strings.Contains(string(source), `"bytes"`) || strings.Count(string(source), `"os"`) != 1 {
		t.Errorf("needless import in\n%s", source)
	}
	if _, _, err := complete("func {"); err == nil {
		t.Error("no error for broken code")
	}
}

func TestMerge(t *testing.T) {
	a, b := edit{"f", 1, 3, ""}, edit{"f", 2, 4, ""}
	if got := merge([]edit{a}, []edit{b}); len(got) != 1 {
		t.Errorf("overlapping fix was taken: %v", got)
	}
	if got := merge([]edit{a}, []edit{a, {"f", 5, 5, "x"}}); len(got) != 2 {
		t.Errorf("equal edits are not one: %v", got)
	}
}

// A fix that changes nothing cures nothing, and two runs over different
// packages do not read the same.
func TestCureAndTranscript(t *testing.T) {
	acts := Analyze(t, naps, "checktest/naps", "checktest/bed")
	if isCured(t, acts[0], "nap", nil) {
		t.Error("unchanged files count as cured")
	}
	fixed, err := applied(acts[1].Package, editsOf(acts[1].Package, acts[1].Diagnostics[0].SuggestedFixes[0]))
	if err != nil || !isCured(t, acts[1], "nap", fixed) {
		t.Errorf("a cure is not seen: %v", err)
	}
	if a, b := transcript(acts[0]), transcript(acts[1]); a == b || a == "" {
		t.Errorf("transcripts are %q and %q", a, b)
	}
}
