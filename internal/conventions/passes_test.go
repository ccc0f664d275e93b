package conventions

import (
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/checktest"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/rule"
	"github.com/asynclint/asynclint/passes"
)

// rulesOf returns the rules of the pass called name.
func rulesOf(name string) rule.Table {
	var table rule.Table
	for _, r := range passes.Rules() {
		if r.Pass == name {
			table = append(table, r)
		}
	}
	return table
}

// Every directory in passes is listed, or users never meet it.
func TestPassesAreListed(t *testing.T) {
	listed := map[string]bool{}
	for _, a := range passes.All() {
		listed[a.Name] = true
	}
	entries, err := os.ReadDir(filepath.Join(root, "passes"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() && !listed[entry.Name()] {
			t.Errorf("passes/%s is not in passes.All", entry.Name())
		}
	}
}

// The manual of a pass describes its rules, each of them and no other.
func TestManualsAreComplete(t *testing.T) {
	for _, a := range passes.All() {
		report(t, manualGaps(a, rulesOf(a.Name)))
	}
}

// manualGaps complains of what the manual of a lacks.
func manualGaps(a *analysis.Analyzer, rules rule.Table) []string {
	manual, err := docs.Parse(a.Doc)
	if err != nil {
		return []string{err.Error()}
	}
	var complaints []string
	for _, r := range rules {
		if _, ok := manual.Find(r.Name); !ok {
			complaints = append(complaints, fmt.Sprintf("%s: rule %s is not in the manual", a.Name, r.Name))
		}
	}
	for _, described := range manual.Rules {
		if _, _, ok := rules.Find(described.Name); !ok {
			complaints = append(complaints, fmt.Sprintf("%s: the manual's rule %s does not exist", a.Name, described.Name))
		}
	}
	if a.URL != docs.URL(a.Name) {
		complaints = append(complaints, fmt.Sprintf("%s: URL is %q, want %q", a.Name, a.URL, docs.URL(a.Name)))
	}
	return complaints
}

// Each rule is reported by some fixture of its pass, and beside that fixture
// stands a function about which the pass is silent.
func TestRulesHaveFixtures(t *testing.T) {
	checktest.Strict(t)
	for _, a := range passes.All() {
		dirs := fixtureDirs(t, a.Name)
		bad, ok := map[string]bool{}, map[string]bool{}
		for _, act := range checktest.Analyze(t, a, dirs...) {
			silent := hasSilentFunc(act.Package.Syntax, act.Diagnostics)
			for _, d := range act.Diagnostics {
				bad[d.Category] = true
				ok[d.Category] = ok[d.Category] || silent
			}
		}
		for _, r := range rulesOf(a.Name) {
			if !bad[r.Name] {
				t.Errorf("%s: no fixture is reported by %s", a.Name, r.Name)
			} else if !ok[r.Name] {
				t.Errorf("%s: no function stays silent beside what %s reports", a.Name, r.Name)
			}
		}
	}
}

// fixtureDirs lists the fixtures of a pass.
func fixtureDirs(t *testing.T, pass string) []string {
	t.Helper()
	tree := filepath.Join(root, "testdata", "src")
	var dirs []string
	err := fs.WalkDir(os.DirFS(tree), pass, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".go" {
			return err
		}
		if dir := path.Dir(name); len(dirs) == 0 || dirs[len(dirs)-1] != dir {
			dirs = append(dirs, dir)
		}
		return nil
	})
	if err != nil {
		t.Errorf("fixtures of %s: %v", pass, err)
	}
	return dirs
}

// hasSilentFunc reports whether some function of files holds none of the
// reports.
func hasSilentFunc(files []*ast.File, reports []analysis.Diagnostic) bool {
	for _, file := range files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			silent := true
			for _, d := range reports {
				silent = silent && (d.Pos < fn.Pos() || fn.End() < d.Pos)
			}
			if silent {
				return true
			}
		}
	}
	return false
}

func TestPassChecksRefuse(t *testing.T) {
	a := &analysis.Analyzer{Name: "p", Doc: "p: does\n\nprose\n\n# Rule a\n\nx\n"}
	if got := manualGaps(a, nil); len(got) != 1 || !strings.Contains(got[0], "Why:") {
		t.Errorf("incomplete manual: %q", got)
	}
	a.Doc = "p: does\n\nprose\n"
	wantComplaints(t, manualGaps(a, rule.Table{{Name: "b", Pass: "p"}}), 2)
	s := parse(t, "a.go", "package p\nfunc f() { g() }\nfunc g() { f() }")
	f := analysis.Diagnostic{Pos: s.file.Decls[0].Pos()}
	g := analysis.Diagnostic{Pos: s.file.Decls[1].Pos()}
	if !hasSilentFunc([]*ast.File{s.file}, []analysis.Diagnostic{f}) || hasSilentFunc([]*ast.File{s.file}, []analysis.Diagnostic{f, g}) {
		t.Error("silent functions are not told from reported ones")
	}
}
