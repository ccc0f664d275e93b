package driver

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// note and mark are facts.
type note struct{ Text string }

func (*note) AFact() {}

type mark struct{ N int }

func (*mark) AFact() {}

// noter is an analyzer with both facts: a note on every function, whose text is
// that of the callee's note and its own name, and a mark on the package.
var noter = &analysis.Analyzer{
	Name:      "noter",
	Doc:       "noter: note functions",
	FactTypes: []analysis.Fact{new(note), new(mark)},
	Run: func(pass *analysis.Pass) (any, error) {
		for id, obj := range pass.TypesInfo.Uses {
			if fn, ok := obj.(*types.Func); ok && fn.Pkg() != pass.Pkg {
				var n note
				if !pass.ImportObjectFact(fn, &n) {
					pass.Report(analysis.Diagnostic{Pos: id.Pos(), Message: "no note on " + id.Name})
				}
				pass.Report(analysis.Diagnostic{Pos: id.Pos(), Message: n.Text})
			}
		}
		for _, obj := range pass.TypesInfo.Defs {
			if fn, ok := obj.(*types.Func); ok {
				pass.ExportObjectFact(fn, &note{Text: pass.Pkg.Path() + "." + fn.Name()})
			}
		}
		pass.ExportPackageFact(&mark{N: len(pass.AllPackageFacts())})
		return nil, nil
	},
}

// unitOf type-checks one file.
func unitOf(t *testing.T, path, src string, imports map[string]*types.Package) *Unit {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path+".go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: mapImporter(imports)}
	info := newInfo()
	pkg, err := conf.Check(path, fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &Unit{ID: path, Fset: fset, Files: []*ast.File{f}, Pkg: pkg, Info: info}
}

// mapImporter imports what it holds.
type mapImporter map[string]*types.Package

func (m mapImporter) Import(path string) (*types.Package, error) {
	if pkg := m[path]; pkg != nil {
		return pkg, nil
	}
	return importer.Default().Import(path)
}

const (
	lowSrc  = "package low\ntype T struct{}\nfunc (T) M() {}\nfunc F() T { return T{} }\nfunc g() {}\n"
	highSrc = "package high\nimport \"low\"\nfunc H() low.T { return low.F() }\n"
	topSrc  = "package top\nimport \"high\"\nfunc I() { high.H().M() }\n"
)

// TestFactsTravelThroughFiles runs three packages, each with a store of its own
// that only knows what the direct import left behind, as go vet does.
func TestFactsTravelThroughFiles(t *testing.T) {
	RegisterFacts([]*analysis.Analyzer{noter})
	packages := make(map[string]*types.Package)
	var left []byte
	var last Outcome
	for _, src := range []struct{ path, text string }{{"low", lowSrc}, {"high", highSrc}, {"top", topSrc}} {
		unit := unitOf(t, src.path, src.text, packages)
		packages[src.path] = unit.Pkg
		facts := NewFacts()
		if err := facts.decode(left, func(p string) *types.Package { return packages[p] }); err != nil {
			t.Fatal(err)
		}
		last = Execute(unit, facts, []*analysis.Analyzer{noter})
		if len(last.Problems) > 0 {
			t.Fatal(last.Problems)
		}
		data, err := facts.encode(unit.Pkg, true)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := facts.encode(unit.Pkg, true); !bytes.Equal(data, again) {
			t.Errorf("%s: two encodings differ", src.path)
		}
		left = data
	}
	var texts []string
	for _, f := range SortFindings(last.Findings) {
		texts = append(texts, f.Message)
	}
	if got := strings.Join(texts, " "); got != "high.H low.M" {
		t.Errorf("found %q: a method's fact must pass through the package between", got)
	}
}

func TestFactsStayWithTheirKind(t *testing.T) {
	unit := unitOf(t, "low", lowSrc, nil)
	facts := NewFacts()
	facts.set(unit.Pkg, nil, &mark{N: 3})
	var m mark
	if facts.get(unit.Pkg, nil, new(note)) || !facts.get(unit.Pkg, nil, &m) || m.N != 3 {
		t.Errorf("mark %+v", m)
	}
	if err := facts.decode([]byte("rubbish"), nil); err == nil {
		t.Error("rubbish was decoded")
	}
}

func TestFailuresAreToldOnce(t *testing.T) {
	bad := &analysis.Analyzer{Name: "bad", Run: func(*analysis.Pass) (any, error) { panic("no") }}
	user := &analysis.Analyzer{Name: "user", Requires: []*analysis.Analyzer{bad},
		Run: func(*analysis.Pass) (any, error) { return nil, nil }}
	liar := &analysis.Analyzer{Name: "liar", Run: func(*analysis.Pass) (any, error) { return 1, nil }}
	out := Execute(unitOf(t, "low", lowSrc, nil), NewFacts(), []*analysis.Analyzer{user, liar})
	if len(out.Problems) != 2 || !strings.HasPrefix(out.Problems[0].String(), "low: analyzer bad panicked: no\n") ||
		!strings.Contains(out.Problems[1].String(), "analyzer liar returned a result of type int") {
		t.Errorf("%v", out.Problems)
	}
}
