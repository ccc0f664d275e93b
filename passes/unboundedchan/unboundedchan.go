package unboundedchan

import (
	_ "embed"
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// manual is the text behind help and docs.
//
//go:embed doc.go
var manual string

// Analyzer reports queues, fan-outs and buffers without a bound.
var Analyzer = &analysis.Analyzer{
	Name:     "unboundedchan",
	Doc:      docs.MustDoc(manual, "unboundedchan"),
	URL:      docs.URL("unboundedchan"),
	Requires: []*analysis.Analyzer{model.Analyzer, directive.Analyzer, verify.Analyzer},
	Run:      run,
}

// judge is one run of the pass on one package.
type judge struct {
	*model.Package
	report *report.Reporter
	vars   *variables
	groups map[*model.Op]*model.Group
	proved *verify.Result

	bySyntax map[ast.Node]*model.Func
}

// run judges one package, rule by rule.
func run(pass *analysis.Pass) (any, error) {
	p := pass.ResultOf[model.Analyzer].(*model.Package)
	j := &judge{Package: p, report: report.New(pass, Rules, p.Directives), vars: readVariables(pass)}
	j.groups, j.bySyntax = readGroups(p), readFuncs(p)
	j.proved = pass.ResultOf[verify.Analyzer].(*verify.Result)
	j.judgeBuffers()
	j.judgeQueues()
	for _, s := range p.Spawns {
		if !p.IsTestFile(s.Pos) {
			j.judgeSpawn(s)
		}
	}
	for _, c := range p.Chans {
		j.judgeChan(c)
	}
	for _, g := range p.Groups {
		j.judgeLimits(g)
	}
	j.judgeAcquires()
	j.judgeOverfill(j.proved)
	return nil, j.report.Flush()
}

// readGroups tells of each operation which group it is on.
func readGroups(p *model.Package) map[*model.Op]*model.Group {
	groups := make(map[*model.Op]*model.Group)
	for _, g := range p.Groups {
		for _, ops := range [][]*model.Op{g.Adds, g.Dones, g.Waits, g.Gos, g.Limits} {
			for _, o := range ops {
				groups[o] = g
			}
		}
	}
	return groups
}

// readFuncs finds functions by their syntax.
func readFuncs(p *model.Package) map[ast.Node]*model.Func {
	funcs := make(map[ast.Node]*model.Func)
	for _, f := range p.Funcs {
		funcs[f.Syntax] = f
	}
	return funcs
}

// add hands in a finding. Where only tests, examples or tools run, level strict
// minds.
func (j *judge) add(f report.Finding) {
	f.Strict = f.Strict || j.IsTestSupport(f.Pos) || j.isTool()
	j.report.Add(f)
}

// toolElements are elements of a path that name what only developers run.
var toolElements = []string{"tool", "tools", "hack", "script", "scripts", "contrib", "codegen"}

// isTool reports whether the package is one of its module's tools.
func (j *judge) isTool() bool {
	path := j.Pass.Pkg.Path()
	if m := j.Pass.Module; m != nil {
		path = strings.TrimPrefix(path, m.Path)
	}
	return slices.ContainsFunc(strings.Split(path, "/"), func(e string) bool { return slices.Contains(toolElements, e) })
}
