package driver

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Unit is one type-checked package, ready for analyzers.
type Unit struct {
	ID           string // names the package and its test variant, for people
	Fset         *token.FileSet
	Files        []*ast.File
	OtherFiles   []string
	IgnoredFiles []string
	Pkg          *types.Package
	Info         *types.Info
	Sizes        types.Sizes
	Module       *analysis.Module // nil outside modules
	TypeErrors   []types.Error
}

// Outcome is what the analyzers said about one unit.
type Outcome struct {
	Findings []Finding // of the analyzers asked for, in their order
	Problems []Problem // analyzers that failed
	Counts   []Count   // what the results of analyzers counted, in their order
}

// Closure returns the analyzers and all they require, requirements first.
func Closure(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	seen := make(map[*analysis.Analyzer]bool)
	var list []*analysis.Analyzer
	var visit func(*analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, req := range a.Requires {
			visit(req)
		}
		list = append(list, a)
	}
	for _, a := range analyzers {
		visit(a)
	}
	return list
}

// FactMakers returns those of the analyzers and their requirements that have
// facts: all that must run on a package nobody wants findings of.
func FactMakers(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, a := range Closure(analyzers) {
		if len(a.FactTypes) > 0 {
			list = append(list, a)
		}
	}
	return list
}

// execution is the state of running analyzers over one unit.
type execution struct {
	unit        *Unit
	facts       *Facts
	results     map[*analysis.Analyzer]any
	errors      map[*analysis.Analyzer]error
	diagnostics map[*analysis.Analyzer][]analysis.Diagnostic
}

// Execute runs the analyzers and what they require over u and collects the
// findings of the analyzers. Facts go to and come from facts.
func Execute(u *Unit, facts *Facts, analyzers []*analysis.Analyzer) Outcome {
	x := &execution{
		unit:        u,
		facts:       facts,
		results:     make(map[*analysis.Analyzer]any),
		errors:      make(map[*analysis.Analyzer]error),
		diagnostics: make(map[*analysis.Analyzer][]analysis.Diagnostic),
	}
	var out Outcome
	for _, a := range Closure(analyzers) {
		x.errors[a] = x.run(a)
		if err := x.errors[a]; err != nil && !isFollowUp(err) {
			out.Problems = append(out.Problems, Problem{Package: u.ID, Message: err.Error()})
		}
		if c, ok := x.results[a].(counter); ok {
			for name, n := range c.Counts() {
				out.Counts = addCount(out.Counts, name, n)
			}
		}
	}
	for _, a := range analyzers {
		if x.errors[a] == nil {
			out.Findings = append(out.Findings, x.findings(a)...)
		}
	}
	return out
}

// followUp is the error of an analyzer that could not run because one it
// requires failed; the latter has been reported.
type followUp struct{ required string }

// Error implements error.
func (e followUp) Error() string { return "the required analyzer " + e.required + " failed" }

// isFollowUp reports whether err only repeats an earlier failure.
func isFollowUp(err error) bool {
	_, ok := err.(followUp)
	return ok
}

// run runs one analyzer whose requirements have run.
func (x *execution) run(a *analysis.Analyzer) (err error) {
	inputs := make(map[*analysis.Analyzer]any, len(a.Requires))
	for _, req := range a.Requires {
		if x.errors[req] != nil {
			return followUp{req.Name}
		}
		inputs[req] = x.results[req]
	}
	if len(x.unit.TypeErrors) > 0 && !a.RunDespiteErrors {
		return followUp{"type checker"}
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("analyzer %s panicked: %v\n%s", a.Name, r, shortStack())
		}
	}()
	result, err := a.Run(x.pass(a, inputs))
	if err != nil {
		return fmt.Errorf("analyzer %s failed: %w", a.Name, err)
	}
	if got, want := reflect.TypeOf(result), a.ResultType; got != want {
		return fmt.Errorf("analyzer %s returned a result of type %v, not %v", a.Name, got, want)
	}
	x.results[a] = result
	return nil
}

// shortStack returns the frames of the panic being handled that are worth
// reading, without goroutine header and recovery.
func shortStack() string {
	lines := strings.Split(strings.TrimSpace(string(debug.Stack())), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") && i+2 < len(lines) {
			lines = lines[i+2:]
			break
		}
	}
	const enough = 8 // two lines a frame
	return strings.Join(lines[:min(enough, len(lines))], "\n")
}

// pass builds the analyzer's view of the unit.
func (x *execution) pass(a *analysis.Analyzer, inputs map[*analysis.Analyzer]any) *analysis.Pass {
	u := x.unit
	pass := &analysis.Pass{
		Analyzer:     a,
		Fset:         u.Fset,
		Files:        u.Files,
		OtherFiles:   u.OtherFiles,
		IgnoredFiles: u.IgnoredFiles,
		Pkg:          u.Pkg,
		TypesInfo:    u.Info,
		TypesSizes:   u.Sizes,
		TypeErrors:   u.TypeErrors,
		Module:       u.Module,
		ResultOf:     inputs,
		ReadFile:     os.ReadFile,
		Report: func(d analysis.Diagnostic) {
			x.diagnostics[a] = append(x.diagnostics[a], d)
		},
	}
	x.giveFacts(pass)
	return pass
}

// giveFacts connects a pass to the fact store.
func (x *execution) giveFacts(pass *analysis.Pass) {
	pkg := x.unit.Pkg
	kinds := make(map[reflect.Type]bool)
	for _, f := range pass.Analyzer.FactTypes {
		kinds[reflect.TypeOf(f)] = true
	}
	pass.ImportObjectFact = func(obj types.Object, into analysis.Fact) bool {
		return x.facts.get(obj.Pkg(), obj, into)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		if obj.Pkg() != pkg {
			panic(fmt.Sprintf("fact %T about %s, which belongs to another package", fact, obj))
		}
		x.facts.set(pkg, obj, fact)
	}
	pass.ImportPackageFact = func(of *types.Package, into analysis.Fact) bool {
		return x.facts.get(of, nil, into)
	}
	pass.ExportPackageFact = func(fact analysis.Fact) { x.facts.set(pkg, nil, fact) }
	pass.AllObjectFacts = func() (list []analysis.ObjectFact) {
		for _, e := range x.facts.visible(pkg) {
			if e.object != nil && kinds[reflect.TypeOf(e.fact)] {
				list = append(list, analysis.ObjectFact{Object: e.object, Fact: e.fact})
			}
		}
		return list
	}
	pass.AllPackageFacts = func() (list []analysis.PackageFact) {
		for _, e := range x.facts.visible(pkg) {
			if e.object == nil && kinds[reflect.TypeOf(e.fact)] {
				list = append(list, analysis.PackageFact{Package: e.pkg, Fact: e.fact})
			}
		}
		return list
	}
}
