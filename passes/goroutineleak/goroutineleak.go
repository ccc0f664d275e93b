package goroutineleak

import (
	_ "embed"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// manual is the source of doc.go, which documents the pass.
//
//go:embed doc.go
var manual string

// Analyzer reports goroutines that never end, or that nobody knows to end.
var Analyzer = &analysis.Analyzer{
	Name:     "goroutineleak",
	Doc:      docs.MustDoc(manual, "goroutineleak"),
	URL:      docs.URL("goroutineleak"),
	Requires: []*analysis.Analyzer{model.Analyzer, verify.Analyzer, directive.Analyzer},
	Run:      run,
}

// judge is one run of the pass on one package.
type judge struct {
	*model.Package
	report  *report.Reporter
	byObj   map[*types.Func]*model.Func
	groups  map[*model.Op]*model.Group
	tasks   map[*model.Func]*task
	forever map[*model.Func]*forever
	onces   map[*model.Func]*model.Op // functions that a sync.Once runs
	initial map[*model.Func]bool      // functions that initialise package variables
	invoked map[string][]*types.Func  // interface methods that are called, by name
	scopes  map[*model.Func]bool      // functions that run once in the process
	sites   sites
	proofs  *verify.Result
	fed     map[*model.Spawn]bool // goroutines reported for the channel they feed

	fieldUses *fieldUses // see fields
}

// run judges each spawn by itself, and then what belongs to whole functions.
func run(pass *analysis.Pass) (any, error) {
	p := pass.ResultOf[model.Analyzer].(*model.Package)
	j := newJudge(p, report.New(pass, Rules, p.Directives))
	j.proofs = pass.ResultOf[verify.Analyzer].(*verify.Result)
	for _, s := range p.Spawns {
		j.judgeEndless(s)
		j.judgeRequest(s)
		j.judgeTest(s)
		j.judgeForgotten(s)
		j.judgeLateAdd(s)
	}
	j.judgeGroups()
	j.judgeFieldGroups()
	j.judgeCounters()
	j.judgeSlots()
	j.judgeErrgroups()
	j.judgeResults()
	j.judgeServers()
	j.judgeGenerators()
	j.judgeNilFields()
	j.judgeConds()
	j.judgeStuck()
	j.judgeStopped()
	return nil, j.report.Flush()
}

// newJudge prepares what several rules look up.
func newJudge(p *model.Package, r *report.Reporter) *judge {
	j := &judge{
		Package: p,
		report:  r,
		byObj:   make(map[*types.Func]*model.Func),
		groups:  make(map[*model.Op]*model.Group),
		tasks:   make(map[*model.Func]*task),
		forever: make(map[*model.Func]*forever),
		scopes:  make(map[*model.Func]bool),
		fed:     make(map[*model.Spawn]bool),
	}
	for _, f := range p.Funcs {
		if f.Obj != nil {
			j.byObj[f.Obj] = f
		}
	}
	for _, g := range p.Groups {
		for _, ops := range [][]*model.Op{g.Adds, g.Dones, g.Waits, g.Gos} {
			for _, o := range ops {
				j.groups[o] = g
			}
		}
	}
	j.onces, j.initial = j.readOnces(), j.readInitial()
	j.sites = readSites(p)
	return j
}

// isStated reports whether somebody said that the goroutine is left alone on
// purpose, or lives as long as the process. Ask last, because the answer marks
// the directive as needed.
func (j *judge) isStated(s *model.Spawn) bool {
	return j.isDaemon(s) || j.states(directive.Detached, s)
}

// isDaemon reports whether somebody said that the goroutine lives as long as
// the process. That it is detached excuses nobody for being stuck.
func (j *judge) isDaemon(s *model.Spawn) bool { return j.states(directive.Daemon, s) }

// states looks for a directive on the start of a goroutine, or on the function
// it runs.
func (j *judge) states(kind directive.Kind, s *model.Spawn) bool {
	return j.Directives.Stated(kind, s.Pos) || s.Body != nil && j.Directives.Stated(kind, s.Body.Syntax.Pos())
}

// instrs calls yield for each instruction of f.
func instrs(f *model.Func, yield func(ssa.Instruction)) {
	for _, b := range f.SSA.Blocks {
		for _, i := range b.Instrs {
			yield(i)
		}
	}
}
