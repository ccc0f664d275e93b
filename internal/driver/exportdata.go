package driver

import (
	"bufio"
	"fmt"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/gcexportdata"
)

// exportImporter imports packages from the compiler's export data, as the go
// command lists it for one package.
type exportImporter struct {
	fset     *token.FileSet
	cfg      *unitchecker.Config
	packages map[string]*types.Package // also those that are imported indirectly
}

// newExportImporter returns an importer for the package cfg describes.
func newExportImporter(fset *token.FileSet, cfg *unitchecker.Config) *exportImporter {
	return &exportImporter{fset: fset, cfg: cfg, packages: make(map[string]*types.Package)}
}

// Import implements types.Importer.
func (m *exportImporter) Import(path string) (*types.Package, error) {
	real, ok := m.cfg.ImportMap[path]
	if !ok {
		return nil, fmt.Errorf("cannot resolve import %q", path)
	}
	if real == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := m.packages[real]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	file, ok := m.cfg.PackageFile[real]
	if !ok {
		return nil, fmt.Errorf("the go command gave no export data for %q", real)
	}
	return m.read(file, real)
}

// read reads one file of export data.
func (m *exportImporter) read(file, path string) (*types.Package, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	//lint:ignore SA1019 up to go1.28, go vet may hand us the compiler's archives, which Read alone does not take
	r, err := gcexportdata.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("cannot read export data of %q: %w", path, err)
	}
	return gcexportdata.Read(r, m.fset, m.packages, path)
}
