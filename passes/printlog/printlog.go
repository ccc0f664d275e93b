package printlog

import (
	_ "embed"
	"go/ast"
	"go/types"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/docs"
	"github.com/asynclint/asynclint/internal/report"
)

// manual is the source of the documentation that users read.
//
//go:embed doc.go
var manual string

// Analyzer reports prints where structured logs belong, and exits that skip
// clean-up. It needs syntax and types only; its one fact says which packages of
// the module have a structured logger or route the standard one.
var Analyzer = &analysis.Analyzer{
	Name:      "printlog",
	Doc:       docs.MustDoc(manual, "printlog"),
	URL:       docs.URL("printlog"),
	Requires:  []*analysis.Analyzer{inspect.Analyzer, directive.Analyzer},
	FactTypes: []analysis.Fact{(*usesLogger)(nil)},
	Run:       run,
}

// unit is one package under judgement.
type unit struct {
	pass       *analysis.Pass
	info       *types.Info
	root       inspector.Cursor
	role       role
	structured structured
	bindings   bindings
	defined    varSet                      // variables defined with a value
	nilChecked varSet                      // variables and fields somebody compares with nil
	serves     bool                        // the package starts a server
	isTalk     func() bool                 // what the package prints is for its user
	logs       func() bool                 // the package itself calls a structured logger
	spawned    func() map[*types.Func]bool // the functions that go statements run
	report     *report.Reporter
	directives *directive.Set

	ownLogger func() *ownLogger // how the package logs, if no library known here does it
	speeches  []*speech         // what functions of a library print, in source order
}

// run asks every call of the package what it prints, formats or ends.
func run(pass *analysis.Pass) (any, error) {
	p := newUnit(pass)
	for c := range p.root.Preorder((*ast.CallExpr)(nil)) {
		call := c.Node().(*ast.CallExpr)
		if p.inTest(c) {
			continue
		}
		p.judgeFields(c, call)
		p.judgeExit(c, call)
		if o, ok := p.outputOf(call); ok {
			p.judgeOutput(c, o)
		}
		p.judgeHandedOver(c, call)
	}
	p.reportSpeeches()
	return nil, p.report.Flush()
}

// newUnit gathers what the rules ask about the package.
func newUnit(pass *analysis.Pass) *unit {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	directives := pass.ResultOf[directive.Analyzer].(*directive.Set)
	bound, defined := readBindings(pass.TypesInfo, pass.Files)
	p := &unit{
		pass:       pass,
		info:       pass.TypesInfo,
		root:       root,
		role:       roleOf(pass),
		bindings:   bound,
		defined:    defined,
		nilChecked: readNilChecks(pass.TypesInfo, root),
		serves:     readServes(root),
		directives: directives,
		report:     report.New(pass, Rules, directives),
	}
	p.structured = p.readStructured()
	p.isTalk = sync.OnceValue(p.readTalk)
	p.logs = sync.OnceValue(p.readLogs)
	p.ownLogger = sync.OnceValue(p.readOwnLogger)
	p.spawned = sync.OnceValue(p.readSpawned)
	return p
}

// inTest reports whether c is in a file that go test alone runs.
func (p *unit) inTest(c inspector.Cursor) bool {
	for f := range c.Enclosing((*ast.File)(nil)) {
		return isTestFile(p.pass, f.Node().(*ast.File))
	}
	return false
}

// file returns the file c is in.
func file(c inspector.Cursor) *ast.File {
	for f := range c.Enclosing((*ast.File)(nil)) {
		return f.Node().(*ast.File)
	}
	return nil
}

// defect identifies what is wrong at one call, whichever rule sees it.
type defect struct{ call *ast.CallExpr }
