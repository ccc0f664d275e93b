package blockingcall

import (
	_ "embed"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// manual is the source of this package's manual.
//
//go:embed doc.go
var manual string

// Analyzer reports waits that keep a goroutine from those who rely on it.
var Analyzer = &analysis.Analyzer{
	Name:     "blockingcall",
	Doc:      docs.MustDoc(manual, "blockingcall"),
	URL:      docs.URL("blockingcall"),
	Requires: []*analysis.Analyzer{model.Analyzer, directive.Analyzer},
	Run:      run,
}

// judge is one run of the pass on one package.
type judge struct {
	*model.Package
	report  *report.Reporter
	files   map[string]*token.File      // by base name, see chain.go
	getters map[*types.Func]*model.Func // declared functions, see memory.go
	clients *clientValues               // what clients are made of, see client.go
	locks   *lockset.Index              // made on demand, see barrier.go
	held    map[types.Object]*holders   // by class of lock, made on demand
}

// run judges selects and loops function by function, then channels, then
// callbacks.
func run(pass *analysis.Pass) (any, error) {
	p := pass.ResultOf[model.Analyzer].(*model.Package)
	j := &judge{Package: p, report: report.New(pass, Rules, p.Directives)}
	for _, f := range p.Funcs {
		for _, s := range f.Selects {
			j.judgeSelect(s)
		}
		for _, l := range f.Loops {
			j.busyLoop(l)
			j.serialAccept(l)
			j.actorBlocks(l)
		}
		j.judgePromise(f)
	}
	for _, c := range p.Chans {
		j.selfSend(c)
		j.replyBlocks(c)
	}
	j.judgeCallbacks()
	return nil, j.report.Flush()
}

// judgeSelect asks what a looped select misses while its loop is elsewhere.
func (j *judge) judgeSelect(s *model.Select) {
	j.busySelect(s)
	if l, ok := eventLoopOf(s); ok {
		j.judgeEventLoop(l)
	}
}
