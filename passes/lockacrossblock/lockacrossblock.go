package lockacrossblock

import (
	_ "embed"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// manual is the text behind help and docs.
//
//go:embed doc.go
var manual string

// pass is the name of the pass.
const pass = "lockacrossblock"

// Analyzer reports locks that are held across waits, and locks that are taken
// or given back in ways that end in a deadlock.
var Analyzer = &analysis.Analyzer{
	Name:     pass,
	Doc:      docs.MustDoc(manual, pass),
	URL:      docs.URL(pass),
	Requires: []*analysis.Analyzer{model.Analyzer, verify.Analyzer, directive.Analyzer},
	Run:      run,
}

// judge is one run of the pass on one package.
type judge struct {
	*model.Package
	locks    *lockset.Index
	report   *report.Reporter
	found    []report.Finding              // what is to be reported, once the proofs are heard
	direct   map[ssa.Instruction]bool      // waits that are reported, or excused, where they stand
	circles  map[circle]bool               // deadlocks reported so far
	spells   map[spell]bool                // channels waited for in critical sections, so far
	edges    []edge                        // locks taken under other locks
	taken    map[*model.Func]classSet      // locks a call of a function may take
	homing   map[*ssa.Phi]bool             // objects whose keeper is being looked for
	called   map[*model.Func][]*model.Call // by way of fields; made on demand
	takes    map[reach][]take              // locks taken by a function or below it
	below    map[reach][]far               // waits some calls below a function
	values   map[*model.Func][]ssa.Value   // function values made of a function, read on demand
	comments map[token.Pos]string          // of struct fields, read on demand
	alone    map[types.Object]bool         // condition variables with a mutex that nothing else uses
	conds    map[types.Object]types.Object // condition variable to the lock it lets go of
}

// run asks each function, then each call, then the package as a whole.
func run(pass *analysis.Pass) (any, error) {
	p := pass.ResultOf[model.Analyzer].(*model.Package)
	j := &judge{
		Package: p,
		locks:   lockset.Of(p),
		report:  report.New(pass, Rules, p.Directives),
		direct:  make(map[ssa.Instruction]bool),
		taken:   make(map[*model.Func]classSet),
		circles: make(map[circle]bool),
		spells:  make(map[spell]bool),
		homing:  make(map[*ssa.Phi]bool),
		takes:   make(map[reach][]take),
		below:   make(map[reach][]far),
	}
	j.readConds()
	for _, f := range p.Funcs {
		j.judgeMisuse(f)
		if !j.locks.HasLocks(f) {
			continue
		}
		j.judgeRelocks(f)
		j.judgeUnlocks(f)
		j.judgeNeverUnlocked(f)
		j.judgeUnlent(f)
		j.judgeWrongUnlocks(f)
		j.judgeRecovered(f)
		j.judgeOps(f)
		j.judgeCallbacks(f)
		j.noteOrder(f)
	}
	for _, f := range p.Funcs {
		if j.locks.HasLocks(f) {
			j.judgeCalls(f)
			j.judgeDeep(f)
			j.judgeChosen(f)
		}
	}
	j.judgeOrder()
	j.judgeProved(pass.ResultOf[verify.Analyzer].(*verify.Result))
	return nil, j.flush()
}

// defect identifies what is wrong at one instruction, whichever rule sees it.
type defect struct{ at ssa.Instruction }
