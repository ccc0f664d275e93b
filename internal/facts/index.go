package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strconv"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/directive"
	"github.com/asynclint/asynclint/internal/knowledge"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/symbol"
)

// Index answers what calls do. Passes that run side by side share it.
type Index struct {
	pass  *analysis.Pass
	pkg   *types.Package
	info  *types.Info
	fset  *token.FileSet
	set   *directive.Set
	table *knowledge.Table

	funcs   []*function // declared functions with a body, in source order
	byFunc  map[*types.Func]*function
	marks   map[*types.Func]Promise
	globals map[types.Object]ast.Expr // initialisers of package-level variables
	closed  map[types.Object]bool     // variables and fields of this package given to close
	limited map[types.Object]bool     // groups and pools of this package given a limit
	timed   map[types.Object]bool     // connections of this package given a deadline
	writes  map[types.Object]bool     // the same for writing only
	tokens  map[types.Object]*tokens  // channels of empty structs
	bare    map[*types.Var]bool       // fields for channels, and whether they only get unbuffered ones
	drains  map[*ast.UnaryExpr]bool   // receives that empty a timer which has fired
	stores  map[types.Object]*given   // numbers in variables and fields of this package
	byPos   []*function               // funcs in the order of their positions
	clients clients

	uses    map[*ast.FuncDecl][]LockUse // while locks are read
	unlocks map[*ast.FuncDecl]bool      // the same

	mu      sync.Mutex // guards what follows
	callees map[*types.Func]*callee
	byName  map[symbol.Name]*callee
	marked  []*types.Func                // interface methods promised to be nonblocking; see promise.go
	isAsked bool                         // marked is complete
	soles   map[*types.TypeName]*filling // what is put into interfaces; made on demand
}

// newIndex returns an index that knows the tables and the imported facts only.
func newIndex(pass *analysis.Pass) *Index {
	return &Index{
		pass:    pass,
		pkg:     pass.Pkg,
		info:    pass.TypesInfo,
		fset:    pass.Fset,
		set:     pass.ResultOf[directive.Analyzer].(*directive.Set),
		table:   rows(),
		byFunc:  map[*types.Func]*function{},
		marks:   map[*types.Func]Promise{},
		globals: map[types.Object]ast.Expr{},
		closed:  map[types.Object]bool{},
		limited: map[types.Object]bool{},
		timed:   map[types.Object]bool{},
		writes:  map[types.Object]bool{},
		tokens:  map[types.Object]*tokens{},
		bare:    map[*types.Var]bool{},
		drains:  map[*ast.UnaryExpr]bool{},
		stores:  map[types.Object]*given{},
		callees: map[*types.Func]*callee{},
		byName:  map[symbol.Name]*callee{},
	}
}

// rows returns the knowledge tables with the settings' rows.
func rows() *knowledge.Table { return knowledge.Std().With(config.Active().Rows()) }

// callee is what is known of a function that is called somewhere.
type callee struct {
	fn       *types.Func
	row      *knowledge.Entry // nil if the tables and settings say nothing
	local    *function        // nil if its body is not read here
	imported Summary          // its fact, if it is of another package
	promise  Promise
	role     role
}

// speaks reports whether calls of c can matter to the caller's summary.
func (c *callee) speaks() bool {
	return c.row != nil || c.local != nil || c.promise != NoPromise || !c.imported.isEmpty()
}

// callee looks fn up once.
func (ix *Index) callee(fn *types.Func) *callee {
	if fn == nil {
		return nil
	}
	fn = fn.Origin()
	ix.mu.Lock()
	defer ix.mu.Unlock()
	c := ix.callees[fn]
	if c == nil {
		c = ix.newCallee(fn)
		ix.callees[fn], ix.byName[nameOf(fn)] = c, c
	}
	return c
}

// newCallee asks every source about fn; the caller holds ix.mu.
func (ix *Index) newCallee(fn *types.Func) *callee {
	c := &callee{fn: fn, local: ix.byFunc[fn], promise: ix.marks[fn], role: roleOf(fn)}
	if row, ok := ix.table.Lookup(fn); ok {
		c.row = row
	}
	if fn.Pkg() != nil && fn.Pkg() != ix.pkg {
		var fact Fact
		if ix.pass.ImportObjectFact(fn, &fact) {
			c.imported, c.promise = fact.Summary, fact.Promise
		}
	}
	return c
}

// callOf resolves a call; it is nil for builtins, conversions and calls of values
// other than variables that name one function.
func (ix *Index) callOf(call *ast.CallExpr, sc *scope) *callee {
	fn, ok := typeutil.Callee(ix.info, call).(*types.Func)
	if !ok {
		fn = funcValue(ix.info, ix.spelledOut(call, sc).Fun)
	}
	return ix.answering(ix.callee(fn))
}

// answering returns the callee that runs for c: where c is a method of an
// interface that nothing is stated of and that is filled with one type, that
// one's. It is for who asks about a call; summaries do not follow interfaces, or
// chains grow that hardly anybody takes.
func (ix *Index) answering(c *callee) *callee {
	if c == nil || c.speaks() {
		return c
	}
	if m := ix.SoleMethod(c.fn); m != nil {
		return ix.callee(m)
	}
	return c
}

// Of returns what is known of fn: a directive on it first, then the settings'
// rows and the tables, then its body or its fact. A row whose condition needs a
// call site yields a wait of bound Unknown.
func (ix *Index) Of(fn *types.Func) Summary {
	c := ix.callee(fn)
	if c == nil {
		return Summary{}
	}
	return c.summary()
}

// Body returns what the body of fn does, whatever a directive or a table
// states of it; ok is false if the body is not part of this package.
func (ix *Index) Body(fn *types.Func) (s Summary, ok bool) {
	if c := ix.callee(fn); c != nil && c.local != nil {
		return c.local.sum, true
	}
	return Summary{}, false
}

// summary merges the sources that speak of c.
func (c *callee) summary() Summary {
	s := c.imported
	if c.local != nil {
		s = c.local.sum
	}
	s.Promise = c.promise
	switch {
	case c.promise == PromiseNonBlocking:
		s.Known, s.Waits = true, nil
	case c.row != nil:
		s.Known, s.Waits, s.DeadCtx = true, rowWaits(c), 0
	case c.promise == PromiseBlocking && len(s.Waits) == 0:
		s.Known, s.Waits = true, stated(c.promise)
	}
	s.NeverReturns = s.NeverReturns || c.role == roleNoReturn
	return s
}

// stated returns the wait of a function that a directive calls blocking.
func stated(p Promise) []Wait {
	if p != PromiseBlocking {
		return nil
	}
	return []Wait{{Effect: op.Effect{Kind: op.Stated, Bound: op.Unbounded, Tier: op.TierUnbounded}}}
}

// Call returns the worst wait of one call, seen from the call: Via is the
// callee, conditions and context arguments are looked at.
func (ix *Index) Call(call *ast.CallExpr) (w Wait, ok bool) {
	return Summary{Waits: ix.Waits(call)}.Worst()
}

// Waits returns every wait of one call, at most one a kind, seen from the call.
func (ix *Index) Waits(call *ast.CallExpr) []Wait {
	sc := ix.scopeAt(call.Pos())
	c := ix.callOf(call, sc)
	if c == nil || !c.speaks() {
		return nil
	}
	return ix.waitsAt(c, call, sc)
}

// waitsAt translates the callee's waits to a call of it. The call is nil where
// the callee is handed to somebody who calls it.
func (ix *Index) waitsAt(c *callee, call ast.Node, sc *scope) []Wait {
	return ix.waitsOf(c, c.summary(), call, sc)
}

// at formats a position as facts keep it.
func (ix *Index) at(pos token.Pos) string {
	p := ix.fset.PositionFor(pos, false)
	return filepath.Base(p.Filename) + ":" + strconv.Itoa(p.Line)
}

// nameOf is symbol.Of, spelled here because every wait needs it.
func nameOf(fn *types.Func) symbol.Name { return symbol.Of(fn) }
