package driver

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"runtime"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/asynclint/asynclint/internal/knowledge"
)

// VetOptions are the flags with which go vet runs its tool on one package.
type VetOptions struct {
	JSON     bool              // print the tree go vet reads instead of text
	Fix      bool              // apply first fixes instead of printing findings
	Diff     bool              // with Fix: print a unified diff instead
	Context  int               // lines of source around a finding in text; negative: none
	AllFacts bool              // compute facts of dependencies outside the main module, too
	Rows     []knowledge.Entry // the user's rows, to be held against the package's imports

	// Refuse, if not nil, answers for every package that would be analysed:
	// the settings are no good. Foreign packages do not repeat the complaint.
	Refuse func() int
}

// vetRun is one run of the tool for go vet: one package.
type vetRun struct {
	cfg    *unitchecker.Config
	opts   VetOptions
	facts  *Facts
	stdout io.Writer
	stderr io.Writer
}

// Exit codes of a vet run. Go vet treats all but 0 as failure of the tool and
// keeps nothing of the run; with JSON, findings are therefore no failure.
const (
	vetOK       = 0
	vetFindings = 1
	vetFailed   = 2
)

// vetGCPercent lets the heap of a vet run grow to five times what it holds
// before it is cleaned: the process ends within a second, and the collector's
// work on so short a life was a fifth of its time.
const vetGCPercent = 400

// Vet analyses the package that the file cfgPath describes, by the protocol
// between go vet and its tools, and returns the exit code. Findings go to
// stdout, unless the file names another place, and complaints to stderr.
func Vet(cfgPath string, analyzers []*analysis.Analyzer, opts VetOptions, stdout, stderr io.Writer) int {
	cfg, err := readVetConfig(cfgPath)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return vetFailed
	}
	run := &vetRun{cfg: cfg, opts: opts, facts: NewFacts(), stdout: stdout, stderr: stderr}
	if cfg.Stdout != "" {
		f, err := os.Create(cfg.Stdout)
		if err != nil {
			fmt.Fprintln(stderr, err)
			return vetFailed
		}
		defer f.Close()
		run.stdout = f
	}
	return run.run(analyzers)
}

// readVetConfig reads go vet's description of a package.
func readVetConfig(path string) (*unitchecker.Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	cfg := new(unitchecker.Config)
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	if cfg.Module == nil && cfg.ModulePath != "" {
		cfg.Module = &analysis.Module{
			Path:      cfg.ModulePath,
			Version:   cfg.ModuleVersion,
			GoVersion: cfg.GoVersion,
		}
	}
	return cfg, nil
}

// run analyses the package and answers.
func (v *vetRun) run(analyzers []*analysis.Analyzer) int {
	if v.isForeign() && !v.opts.AllFacts {
		return v.keep(nil)
	}
	if v.opts.Refuse != nil {
		return v.opts.Refuse()
	}
	debug.SetGCPercent(vetGCPercent)
	RegisterFacts(analyzers)
	if v.cfg.VetxOnly {
		if analyzers = FactMakers(analyzers); len(analyzers) == 0 {
			return v.keep(nil)
		}
	}
	unit, err := v.load()
	if err != nil {
		return v.doesNotCompile(err)
	}
	if err := v.readFacts(unit.Pkg); err != nil {
		return v.fail(err)
	}
	out := Execute(unit, v.facts, analyzers)
	out.Problems = append(out.Problems, v.deadRows(unit.Pkg)...)
	data, err := v.facts.encode(unit.Pkg, true)
	if err != nil {
		return v.fail(err)
	}
	if code := v.keep(data); code != vetOK {
		return code
	}
	return v.answer(out)
}

// isForeign reports whether the package is wanted for its facts only and lies
// outside the main module and workspace: facts do not speak of such code, so
// that it need not even be parsed.
func (v *vetRun) isForeign() bool {
	if !v.cfg.VetxOnly {
		return false
	}
	return v.cfg.Module == nil || v.cfg.Module.Version != ""
}

// fail reports an error of the tool itself.
func (v *vetRun) fail(err error) int {
	fmt.Fprintln(v.stderr, err)
	return vetFailed
}

// doesNotCompile answers for a package with errors. Where the compiler speaks
// for itself, go vet asks the tool to keep quiet.
func (v *vetRun) doesNotCompile(err error) int {
	if v.cfg.SucceedOnTypecheckFailure {
		return v.keep(nil)
	}
	if !v.cfg.VetxOnly {
		fmt.Fprintln(v.stderr, err)
	}
	return vetFindings
}

// keep writes the facts where packages that import this one will find them.
func (v *vetRun) keep(data []byte) int {
	if v.cfg.VetxOutput == "" {
		return vetOK
	}
	if err := os.WriteFile(v.cfg.VetxOutput, data, 0o666); err != nil {
		return v.fail(err)
	}
	return vetOK
}

// load parses and type-checks the package against its dependencies' export
// data.
func (v *vetRun) load() (*Unit, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range v.cfg.GoFiles {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := &types.Config{
		Importer:  newExportImporter(fset, v.cfg),
		Sizes:     types.SizesFor("gc", targetArch()),
		GoVersion: v.cfg.GoVersion,
	}
	info := newInfo()
	pkg, err := conf.Check(v.cfg.ImportPath, fset, files, info)
	if err != nil {
		return nil, err
	}
	return &Unit{
		ID:           v.cfg.ID,
		Fset:         fset,
		Files:        files,
		OtherFiles:   v.cfg.NonGoFiles,
		IgnoredFiles: v.cfg.IgnoredFiles,
		Pkg:          pkg,
		Info:         info,
		Sizes:        conf.Sizes,
		Module:       v.cfg.Module,
	}, nil
}

// targetArch returns the architecture go vet analyses for; the go command
// hands it over in the environment.
func targetArch() string {
	if arch := os.Getenv("GOARCH"); arch != "" {
		return arch
	}
	return runtime.GOARCH
}

// readFacts reads the facts that earlier runs left about the imports of pkg.
func (v *vetRun) readFacts(pkg *types.Package) error {
	known := make(map[string]*types.Package)
	for _, p := range closure(pkg) {
		known[p.Path()] = p
	}
	find := func(path string) *types.Package { return known[path] }
	for _, imp := range pkg.Imports() {
		file := v.cfg.PackageVetx[imp.Path()]
		if file == "" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := v.facts.decode(data, find); err != nil {
			return fmt.Errorf("%s: %w", imp.Path(), err)
		}
	}
	return nil
}

// deadRows says which of the user's rows name nothing in pkg or a package it
// imports; of others the export data is not complete.
func (v *vetRun) deadRows(pkg *types.Package) []Problem {
	if v.cfg.VetxOnly {
		return nil
	}
	return rowProblems(v.opts.Rows, func(path string) *types.Package {
		for _, p := range append(pkg.Imports(), pkg) {
			if p.Path() == path {
				return p
			}
		}
		return nil
	})
}

// rowProblems says which rows name nothing although find knows their package.
func rowProblems(rows []knowledge.Entry, find func(path string) *types.Package) []Problem {
	var list []Problem
	for _, err := range knowledge.Resolve(rows, find) {
		list = append(list, Problem{Message: "blocking: " + err.Error()})
	}
	return list
}

// newInfo returns a types.Info that records everything analyzers may read.
func newInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
}
