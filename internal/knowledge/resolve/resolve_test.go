package resolve

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/symbol"
	"golang.org/x/tools/go/packages"
)

// modules loads every third-party package that the tables mention, once.
var modules = sync.OnceValues(func() (map[string]*types.Package, error) {
	cfg := &packages.Config{
		Mode:      packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedSyntax | packages.NeedFiles | packages.NeedCompiledGoFiles,
		Env:       append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64"),
		ParseFile: parseDeclarations,
	}
	pkgs, err := packages.Load(cfg, mentioned()...)
	if err != nil {
		return nil, err
	}
	byPath := map[string]*types.Package{}
	for _, p := range pkgs {
		byPath[p.PkgPath] = p.Types
	}
	return byPath, nil
})

// parseDeclarations parses a file and forgets its function bodies, which no row
// is about and which cost most of the type checker's time.
func parseDeclarations(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	f, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if f == nil {
		return nil, err
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			fn.Body = nil
		}
	}
	return f, err
}

// mentioned lists the third-party packages of all tables.
func mentioned() (paths []string) {
	for _, n := range allNames() {
		if isThirdParty(n) {
			paths = append(paths, n.Pkg)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// isThirdParty reports whether n is outside the standard library.
func isThirdParty(n symbol.Name) bool {
	first, _, _ := strings.Cut(n.Pkg, "/")
	return strings.Contains(first, ".")
}

// allNames lists the names in all tables, those in advice too.
func allNames() (names []symbol.Name) {
	for _, line := range knowledge.Lines() {
		names = append(names, rowNames(line)...)
	}
	for _, c := range knowledge.Contracts() {
		names = append(names, c.Name)
		if !c.LiftedBy.IsZero() {
			names = append(names, c.LiftedBy)
		}
	}
	return append(names, knowledge.NoReturnNames()...)
}

// rowNames lists the names in one row: its own first, then those in its advice.
func rowNames(line string) []symbol.Name {
	cells := strings.Split(line, "\t")
	n, err := symbol.Parse(cells[0])
	if err != nil {
		return nil
	}
	inAdvice, _ := knowledge.AdviceSymbols(cells[5])
	return append([]symbol.Name{n}, inAdvice...)
}

// load returns the packages of all modules.
func load(t *testing.T) map[string]*types.Package {
	t.Helper()
	pkgs, err := modules()
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

func TestRowsNameRealFunctions(t *testing.T) {
	pkgs := load(t)
	for _, line := range knowledge.Lines() {
		for _, n := range rowNames(line) {
			if isThirdParty(n) && !knowledge.Exists(pkgs[n.Pkg], n) {
				t.Errorf("%s does not exist (row %q)", n, line)
			}
		}
	}
}

func TestContractsNameRealCallbacks(t *testing.T) {
	pkgs := load(t)
	for _, c := range knowledge.Contracts() {
		if !isThirdParty(c.Name) {
			continue
		}
		if err := knowledge.CheckContract(pkgs[c.Name.Pkg], c); err != nil {
			t.Error(err)
		}
		if !c.LiftedBy.IsZero() && !knowledge.Exists(pkgs[c.LiftedBy.Pkg], c.LiftedBy) {
			t.Errorf("%s does not exist", c.LiftedBy)
		}
	}
}

func TestNoReturnNamesRealFunctions(t *testing.T) {
	pkgs := load(t)
	for _, n := range knowledge.NoReturnNames() {
		if isThirdParty(n) && !knowledge.Exists(pkgs[n.Pkg], n) {
			t.Errorf("%s does not exist", n)
		}
	}
}

func TestBoundsAgreeWithSignatures(t *testing.T) {
	pkgs := load(t)
	for _, e := range knowledge.Std().Entries() {
		if !isThirdParty(e.Name) || pkgs[e.Name.Pkg] == nil {
			continue
		}
		if err := knowledge.CheckBound(pkgs[e.Name.Pkg], e); err != nil {
			t.Error(err)
		}
	}
}
