package checktest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// tree loads packages: fixtures from root with all bodies, other packages from
// the toolchain's source without. Every package is loaded once per process.
type tree struct {
	root     string // testdata/src
	fset     *token.FileSet
	context  build.Context // cgo off: nothing is generated
	mu       sync.Mutex    // guards what follows
	packages map[string]*packages.Package
	std      map[string]*types.Package
	loading  map[string]bool // on the way: met again, it is an import cycle
}

// fixtures returns the tree of this repository.
var fixtures = sync.OnceValue(func() *tree {
	context := build.Default
	context.CgoEnabled = false
	return &tree{
		root:     filepath.Join(repository(), "testdata", "src"),
		fset:     token.NewFileSet(),
		context:  context,
		packages: map[string]*packages.Package{},
		std:      map[string]*types.Package{"unsafe": types.Unsafe},
		loading:  map[string]bool{},
	}
})

// repository returns the directory above the working directory that holds
// go.mod: tests run in their package's directory.
func repository() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	for !isFile(filepath.Join(dir, "go.mod")) {
		parent := filepath.Dir(dir)
		if parent == dir {
			return "."
		}
		dir = parent
	}
	return dir
}

// isFile reports whether name exists and is not a directory.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// isDir reports whether name is a directory.
func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// load returns the fixture at path.
func (t *tree) load(path string) (*packages.Package, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.fixture(path)
}

// loadDir returns the package in dir, which is outside the tree, as path.
func (t *tree) loadDir(path, dir string) (*packages.Package, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.check(path, dir, nil)
}

// recheck type-checks a loaded package again with some files replaced.
func (t *tree) recheck(pkg *packages.Package, overlay map[string][]byte) (*packages.Package, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.check(pkg.PkgPath, pkg.Dir, overlay)
}

// fixture loads the package at path under root.
func (t *tree) fixture(path string) (*packages.Package, error) {
	if pkg := t.packages[path]; pkg != nil {
		return pkg, nil
	}
	if t.loading[path] {
		return nil, fmt.Errorf("fixture %s imports itself", path)
	}
	t.loading[path] = true
	defer delete(t.loading, path)
	pkg, err := t.check(path, filepath.Join(t.root, filepath.FromSlash(path)), nil)
	if err != nil {
		return nil, err
	}
	t.packages[path] = pkg
	return pkg, nil
}

// check parses and type-checks all Go files in dir as one package. Contents in
// overlay, keyed by file name, stand in for the files'.
func (t *tree) check(path, dir string, overlay map[string][]byte) (*packages.Package, error) {
	pkg := &packages.Package{
		ID:         path,
		PkgPath:    path,
		Dir:        dir,
		Fset:       t.fset,
		Imports:    map[string]*packages.Package{},
		Module:     moduleOf(path),
		TypesSizes: types.SizesFor("gc", runtime.GOARCH),
		TypesInfo:  newInfo(),
	}
	if err := t.parse(pkg, overlay); err != nil {
		return nil, err
	}
	conf := types.Config{
		Importer:  importerFor{t, pkg.Imports},
		Sizes:     pkg.TypesSizes,
		GoVersion: version.Lang(runtime.Version()),
		// cgo does not run: names behind "C." have no types, as in other drivers.
		FakeImportC: true,
		Error:       func(err error) { pkg.TypeErrors = append(pkg.TypeErrors, err.(types.Error)) },
	}
	pkg.Types, _ = conf.Check(path, t.fset, pkg.Syntax, pkg.TypesInfo)
	pkg.Name = pkg.Types.Name()
	if len(pkg.TypeErrors) > 0 {
		var errs []error
		for _, err := range pkg.TypeErrors {
			errs = append(errs, err)
		}
		return pkg, fmt.Errorf("package %s: %w", path, errors.Join(errs...))
	}
	return pkg, nil
}

// parse fills pkg with the files of its directory. External test packages are
// left out.
func (t *tree) parse(pkg *packages.Package, overlay map[string][]byte) error {
	entries, err := os.ReadDir(pkg.Dir)
	if err != nil {
		return fmt.Errorf("package %s: %w", pkg.PkgPath, err)
	}
	for _, entry := range entries {
		name := filepath.Join(pkg.Dir, entry.Name())
		if strings.HasSuffix(name, ".s") {
			pkg.OtherFiles = append(pkg.OtherFiles, name)
		}
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		if match, err := t.context.MatchFile(pkg.Dir, entry.Name()); err != nil || !match {
			pkg.IgnoredFiles = append(pkg.IgnoredFiles, name)
			continue
		}
		var source any // nil reads the file
		if content, ok := overlay[name]; ok {
			source = content
		}
		file, err := parser.ParseFile(t.fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if strings.HasSuffix(file.Name.Name, "_test") {
			continue
		}
		pkg.GoFiles = append(pkg.GoFiles, name)
		pkg.Syntax = append(pkg.Syntax, file)
	}
	pkg.CompiledGoFiles = pkg.GoFiles
	if len(pkg.Syntax) == 0 {
		return fmt.Errorf("package %s: no Go files in %s", pkg.PkgPath, pkg.Dir)
	}
	return nil
}

// importerFor resolves the imports of one fixture and notes which of them are
// fixtures themselves: facts come from those.
type importerFor struct {
	tree     *tree
	fixtures map[string]*packages.Package
}

// Import implements types.Importer.
func (i importerFor) Import(path string) (*types.Package, error) {
	if !isDir(filepath.Join(i.tree.root, filepath.FromSlash(path))) {
		return stdImporter{i.tree}.ImportFrom(path, "", 0)
	}
	pkg, err := i.tree.fixture(path)
	if err != nil {
		return nil, err
	}
	i.fixtures[path] = pkg
	return pkg.Types, nil
}

// stdImporter reads packages of the standard library, declarations only.
type stdImporter struct{ tree *tree }

// Import implements types.Importer.
func (s stdImporter) Import(path string) (*types.Package, error) { return s.ImportFrom(path, "", 0) }

// ImportFrom implements types.ImporterFrom; dir finds what the standard library
// vendors.
func (s stdImporter) ImportFrom(path, dir string, _ types.ImportMode) (*types.Package, error) {
	if pkg := s.tree.std[path]; pkg != nil {
		return pkg, nil
	}
	if dir == "" {
		dir = filepath.Join(s.tree.context.GOROOT, "src")
	}
	found, err := s.tree.context.Import(path, dir, 0)
	if err != nil {
		return nil, fmt.Errorf("no fixture and no standard package: %w", err)
	}
	if pkg := s.tree.std[found.ImportPath]; pkg != nil {
		return pkg, nil
	}
	var files []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(s.tree.fset, filepath.Join(found.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	conf := types.Config{
		Importer:         s,
		IgnoreFuncBodies: true,
		Sizes:            types.SizesFor("gc", runtime.GOARCH),
		Error:            func(error) {}, // a declaration that a missing C file leaves open is no concern here
	}
	pkg, _ := conf.Check(found.ImportPath, s.tree.fset, files, nil)
	s.tree.std[found.ImportPath] = pkg
	return pkg, nil
}

// moduleOf returns the module a fixture belongs to: the main module, or that of
// a stub.
func moduleOf(path string) *packages.Module {
	first, _, _ := strings.Cut(path, "/")
	goVersion := strings.TrimPrefix(version.Lang(runtime.Version()), "go")
	if strings.Contains(first, ".") {
		return &packages.Module{Path: path, Version: "v1.0.0", GoVersion: goVersion}
	}
	return &packages.Module{Path: first, Main: true, GoVersion: goVersion}
}

// newInfo returns an Info that records everything a pass may ask for.
func newInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		FileVersions: map[*ast.File]string{},
	}
}

// sortedKeys returns the keys of m in order, so that failures come in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
