package driver

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// listMode asks the go command for names only: no export data, hence nothing
// is compiled; no cgo, hence no C compiler.
const listMode = packages.NeedName | packages.NeedFiles | packages.NeedImports |
	packages.NeedDeps | packages.NeedModule | packages.NeedTypesSizes | packages.NeedForTest

// role says what a run wants of a package.
type role uint8

const (
	dependency role = iota // its declarations
	member                 // part of the main module or workspace: facts, too
	root                   // findings, too
)

// node is one package, or one test variant of it, on its way through a run.
type node struct {
	pkg     *packages.Package
	role    role
	imports []*node          // ordered by ID
	byPath  map[string]*node // by import path as written in the source

	sources map[string][]byte // Go files as hashed, until the package has been analysed
	check   lazyCheck
	outcome result
	ready   chan struct{} // closed once outcome is complete
}

// result is what a run leaves of a package.
type result struct {
	kept     // from the cache or new
	problems []Problem
	broken   bool // it, or a package it imports, does not type-check
}

// kept is the part of a result that the cache keeps.
type kept struct {
	Findings []Finding // empty for members
	Facts    []byte    // the package's own facts
	Face     string    // hash of all that importers can see of the package
	Counts   []Count   // what analyzers counted; empty for members
}

// program is the loaded graph.
type program struct {
	fset  *token.FileSet
	sizes types.Sizes
	nodes []*node // ordered by ID
}

// load lists the packages that match the patterns and all they import.
func load(opts *Options) (*program, []Problem, error) {
	roots, err := packages.Load(opts.listConfig(listMode), opts.Patterns...)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot list packages: %s", tidy(err.Error()))
	}
	roots = slices.DeleteFunc(roots, isTestMain)
	if len(roots) == 0 {
		return nil, nil, fmt.Errorf("no packages match %s", strings.Join(opts.Patterns, " "))
	}
	prog := &program{fset: token.NewFileSet(), sizes: types.SizesFor("gc", targetArch())}
	problems := prog.addAll(roots, opts)
	return prog, problems, nil
}

// listConfig says how the go command shall list packages.
func (o *Options) listConfig(mode packages.LoadMode) *packages.Config {
	cfg := &packages.Config{Mode: mode, Tests: o.Tests, Env: os.Environ()}
	if o.Tags != "" {
		cfg.BuildFlags = []string{"-tags=" + o.Tags}
	}
	return cfg
}

// tidy joins the lines of a go command's error into one.
func tidy(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(text, "err: exit status 1: stderr: ")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case strings.HasSuffix(b.String(), ":"):
			b.WriteString(" ")
		case b.Len() > 0:
			b.WriteString("; ")
		}
		b.WriteString(line)
	}
	if strings.Contains(text, "does not contain main module") && !inModule() {
		return "no go.mod in this directory or above it: " + b.String()
	}
	return b.String()
}

// inModule reports whether the working directory belongs to a module or
// workspace.
func inModule() bool {
	dir, err := os.Getwd()
	for err == nil {
		for _, name := range []string{"go.mod", "go.work"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
		if filepath.Dir(dir) == dir {
			return false
		}
		dir = filepath.Dir(dir)
	}
	return false
}

// isTestMain reports whether p is the main package the go command writes for
// a test binary.
func isTestMain(p *packages.Package) bool {
	return p.Name == "main" && strings.HasSuffix(p.ID, ".test") && strings.HasSuffix(p.PkgPath, ".test")
}

// addAll builds the nodes and tells which listed packages are no packages.
func (g *program) addAll(roots []*packages.Package, opts *Options) []Problem {
	nodes := make(map[*packages.Package]*node)
	var add func(p *packages.Package) *node
	add = func(p *packages.Package) *node {
		if n := nodes[p]; n != nil {
			return n
		}
		n := &node{pkg: p, byPath: make(map[string]*node), ready: make(chan struct{})}
		nodes[p] = n
		for path, imp := range p.Imports {
			child := add(imp)
			n.byPath[path] = child
			n.imports = append(n.imports, child)
		}
		slices.SortFunc(n.imports, compareNodes)
		n.imports = slices.Compact(n.imports)
		if opts.AllFacts && !isEmpty(p) || !n.isForeign() {
			n.role = member
		}
		if p.TypesSizes != nil {
			g.sizes = p.TypesSizes
		}
		return n
	}
	var problems []Problem
	augmented := testedPaths(roots)
	for _, p := range roots {
		n := add(p)
		if !augmented[p.ID] {
			n.role = root
		}
		if isEmpty(p) {
			n.role = dependency
			problems = append(problems, listProblems(p)...)
		}
	}
	for _, n := range nodes {
		g.nodes = append(g.nodes, n)
	}
	slices.SortFunc(g.nodes, compareNodes)
	return problems
}

// isForeign reports whether n is no root and lies outside the main module and
// workspace.
func (n *node) isForeign() bool {
	return n.role != root && (n.pkg.Module == nil || !n.pkg.Module.Main)
}

// compareNodes orders nodes by ID.
func compareNodes(a, b *node) int { return cmp.Compare(a.pkg.ID, b.pkg.ID) }

// testedPaths returns the packages that are listed a second time together with
// their test files. Like go vet, a run takes the findings of the latter only.
func testedPaths(roots []*packages.Package) map[string]bool {
	paths := make(map[string]bool)
	for _, p := range roots {
		if p.ForTest != "" && p.PkgPath == p.ForTest {
			paths[p.ForTest] = true
		}
	}
	return paths
}

// isEmpty reports whether p has no Go files: what the go command says of it is
// all there is to say.
func isEmpty(p *packages.Package) bool { return len(p.GoFiles) == 0 }

// listProblems turns what the go command says about a package into problems.
func listProblems(p *packages.Package) []Problem {
	var list []Problem
	for _, e := range p.Errors {
		pos := e.Pos
		if pos == "-" {
			pos = ""
		}
		problem := Problem{Pos: absolute(pos), Package: p.PkgPath, Message: tidy(e.Msg)}
		if strings.Contains(problem.Message, p.PkgPath) {
			problem.Package = ""
		}
		list = append(list, problem)
	}
	return list
}

// absolute makes the file of a position, as the go command prints it,
// absolute.
func absolute(pos string) string {
	if pos == "" || filepath.IsAbs(pos) {
		return pos
	}
	wd, err := os.Getwd()
	if err != nil {
		return pos
	}
	return filepath.Join(wd, pos)
}
