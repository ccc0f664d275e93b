package selectcancel

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// manual is this package's own documentation: the pass's doc, and the help of
// each rule.
//
//go:embed doc.go
var manual string

// Analyzer reports waits that cancellation cannot reach.
var Analyzer = &analysis.Analyzer{
	Name:     "selectcancel",
	Doc:      docs.MustDoc(manual, "selectcancel"),
	URL:      docs.URL("selectcancel"),
	Requires: []*analysis.Analyzer{model.Analyzer, directive.Analyzer, verify.Analyzer},
	Run:      run,
}

// judge is one run of the pass on one package.
type judge struct {
	*model.Package
	report *report.Reporter
	deaf   map[*types.Var]bool     // contexts that a report already says are not heard
	values map[*types.Func]bool    // see demand.go
	lits   map[*ast.FuncLit]litUse // see lifetime.go
	stuck  map[*model.Op]bool      // waits for groups that are proved never to end
}

// run judges every function of the package. What a finding says about a context
// keeps ctx-unused from saying it again, so that rule comes last.
func run(pass *analysis.Pass) (any, error) {
	p := pass.ResultOf[model.Analyzer].(*model.Package)
	j := &judge{Package: p, report: report.New(pass, Rules, p.Directives), deaf: make(map[*types.Var]bool), stuck: readStuck(pass)}
	for _, f := range p.Funcs {
		ctx, hasCtx := j.scopeOf(f)
		for _, s := range f.Selects {
			j.judgeSelect(s)
			j.judgeReach(s, ctx, hasCtx)
		}
		for _, o := range f.Ops {
			j.judgeOp(o, ctx, hasCtx)
		}
		j.judgeDerived(f)
		j.judgeReuse(f)
		j.judgeSiblings(f, ctx, hasCtx && ctx.Kind != model.CtxStop)
	}
	for _, f := range p.Funcs {
		j.judgeUnused(f)
	}
	return nil, j.report.Flush()
}

// readStuck gathers the waits for groups that the model checker has proved never to
// end: that a context cannot end them is the least of it, and goroutineleak says the
// rest.
func readStuck(pass *analysis.Pass) map[*model.Op]bool {
	stuck := make(map[*model.Op]bool)
	for _, st := range pass.ResultOf[verify.Analyzer].(*verify.Result).Stuck {
		stuck[st.Op] = st.Op.Action == model.GroupWait
	}
	return stuck
}

// judgeSelect asks what needs no context: is the select itself in order?
func (j *judge) judgeSelect(s *model.Select) {
	j.operandBlocks(s)
	j.nilSelect(s)
	j.timerNeverFires(s)
	for _, k := range s.Cases {
		j.doneStays(k)
		j.doneStaysOutside(k)
		j.closedSpins(k)
	}
	j.valueLost(s)
}

// judgeReach asks whether anything could end the select's wait.
func (j *judge) judgeReach(s *model.Select, ctx model.Ctx, hasCtx bool) {
	if !s.Op.Wait.Waits() || len(s.Cases) == 0 || s.HasCase(model.Stop) {
		return
	}
	if hasCtx {
		j.selectIgnores(s, ctx)
	}
	j.selectWithoutDone(s)
}

// judgeOp asks the same of operations outside selects of several cases.
func (j *judge) judgeOp(o *model.Op, ctx model.Ctx, hasCtx bool) {
	j.sleepIgnores(o, ctx, hasCtx)
	if hasCtx {
		j.pollIgnores(o, ctx)
	}
	switch o.Action {
	case model.CondWait:
		j.condOutsideLoop(o)
	case model.Send, model.Recv, model.RangeRecv, model.GroupWait:
		j.nilWait(o)
		j.closedBare(o)
		if hasCtx {
			j.waitIgnores(o, ctx)
		}
	}
}
