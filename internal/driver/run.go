package driver

import (
	"go/types"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/knowledge"
)

// Options say what a run of asynclint analyses.
type Options struct {
	Patterns  []string // as the go command understands them
	Tags      string   // build tags, comma-separated
	Tests     bool     // test files, too
	Cache     *Cache   // nil: nothing is kept or reused
	Settings  string   // all settings that influence findings, in any spelling
	Analyzers []*analysis.Analyzer
	AllFacts  bool              // compute facts of all dependencies, too
	Rows      []knowledge.Entry // the user's rows, to be held against the program
}

// Report is what a run found.
type Report struct {
	Findings []Finding // ordered by place, each once
	Problems []Problem
	Packages int     // packages analysed, test variants not counted
	Counts   []Count // what analyzers counted in all of them
}

// Run is one run over a program. It reads source only: the go command lists
// packages, nothing is compiled; function bodies outside the main module are
// dropped; a package's syntax is freed once it has been analysed.
type Run struct {
	opts   *Options
	prog   *program
	facts  *Facts
	makers []*analysis.Analyzer // for packages that only have facts
	keys   *keyring
	cpu    chan struct{} // holds a token for each package being checked or analysed
}

// Analyse runs the analyzers over the packages the options name. It returns an
// error if there is nothing to analyse; what is wrong with single packages
// are problems of the report.
func Analyse(opts *Options) (*Report, error) {
	prog, problems, err := load(opts)
	if err != nil {
		return nil, err
	}
	RegisterFacts(opts.Analyzers)
	r := &Run{
		opts:   opts,
		prog:   prog,
		facts:  NewFacts(),
		makers: FactMakers(opts.Analyzers),
		keys:   newKeyring(opts, prog),
		cpu:    make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	r.processAll()
	problems = append(problems, r.deadRows()...)
	return r.report(problems), nil
}

// processAll analyses all packages that need it, each after its imports.
func (r *Run) processAll() {
	var wg sync.WaitGroup
	for _, n := range r.prog.nodes {
		wg.Go(func() {
			for _, imp := range n.imports {
				<-imp.ready
			}
			r.process(n)
			close(n.ready)
		})
	}
	wg.Wait()
}

// process makes the outcome of one package whose imports are ready.
func (r *Run) process(n *node) {
	if n.role == dependency {
		n.outcome.Face = r.keys.foreign(n)
		return
	}
	key := r.keys.of(n)
	if r.opts.Cache.load(key, &n.outcome.kept) {
		n.sources = nil
		return
	}
	r.analyse(n)
	if len(n.outcome.problems) == 0 {
		r.opts.Cache.store(key, &n.outcome.kept)
	}
}

// analyse type-checks a package and runs the analyzers over it.
func (r *Run) analyse(n *node) {
	unit := r.full(n)
	defer func() { <-r.cpu }()
	out := &n.outcome
	out.Face = r.keys.face(n, unit)
	n.sources = nil
	if bad := append(listProblems(n.pkg), n.check.errs...); len(bad) > 0 {
		if out.broken = true; n.isForeign() {
			return // its users' errors, if any, tell
		}
		out.problems = blame(n, bad)
		return
	}
	found := Execute(unit, r.facts, r.analyzersFor(n))
	out.problems = found.Problems
	if n.role == root {
		out.Findings, out.Counts = found.Findings, found.Counts
	}
	facts, err := r.facts.encode(unit.Pkg, false)
	if err != nil {
		out.problems = append(out.problems, Problem{Message: err.Error()})
	}
	out.Facts = facts
	out.Face = digest("face with facts", out.Face, string(facts))
}

// blame says what is wrong with n: its own errors, unless they may be due to
// those of a package it imports.
func blame(n *node, own []Problem) []Problem {
	culprit := brokenImport(n)
	if culprit == "" {
		return own
	}
	return []Problem{{
		Package: plainPath(n.pkg.ID),
		Message: "not analysed: it imports " + culprit + ", which does not type-check",
	}}
}

// deadRows says which of the user's rows name nothing although their package
// is part of the program.
func (r *Run) deadRows() []Problem {
	return rowProblems(r.opts.Rows, func(path string) *types.Package {
		for _, n := range r.prog.nodes {
			if n.pkg.ID == path && !isEmpty(n.pkg) {
				return r.declared(n)
			}
		}
		return nil
	})
}

// analyzersFor returns the analyzers to run on n.
func (r *Run) analyzersFor(n *node) []*analysis.Analyzer {
	if n.role == root {
		return r.opts.Analyzers
	}
	return r.makers
}

// brokenImport returns the first direct import of n that is broken, or "".
func brokenImport(n *node) string {
	for _, imp := range n.imports {
		if imp.outcome.broken {
			return imp.pkg.PkgPath
		}
	}
	return ""
}

// report gathers the outcomes.
func (r *Run) report(problems []Problem) *Report {
	rep := &Report{Problems: problems}
	paths := make(map[string]bool)
	for _, n := range r.prog.nodes {
		if n.role == root {
			paths[strings.TrimSuffix(n.pkg.PkgPath, "_test")] = true
		}
		rep.Findings = append(rep.Findings, n.outcome.Findings...)
		rep.Problems = append(rep.Problems, n.outcome.problems...)
		for _, c := range n.outcome.Counts {
			rep.Counts = addCount(rep.Counts, c.Name, c.N)
		}
	}
	rep.Packages = len(paths)
	rep.Findings = SortFindings(rep.Findings)
	rep.Problems = sortProblems(rep.Problems)
	return rep
}
