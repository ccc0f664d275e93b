package facts

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file reads a function's syntax once and notes what later files judge.
//
// It notes what happens in the function's own goroutine, on whatever path:
// calls, channel operations and selects, those in defers and in literals that
// are certainly called included. Spawned code only counts as use of parameters.

// function is one declared function while its summary is worked out.
type function struct {
	obj   *types.Func   // nil for the code of package-level declarations
	decl  *ast.FuncDecl // nil like obj
	span  ast.Node      // all of its syntax
	scope *scope
	acts  []act                 // what may wait or spawn in its own goroutine, in source order
	hands []hand                // parameters given to callees, in whatever goroutine
	uses  []use                 // of parameters, by parameter
	named map[*ast.FuncLit]bool // literals called by name; nil before the first is met

	starts   bool // contains a spawn in its own goroutine
	returns  bool // contains a return statement
	recovers bool // calls recover somewhere, or jumps by goto
	sum      Summary

	node node // in the call graph, see solve.go

	steady map[ast.Node]bool // the calls that every call of the function comes to
}

// act is something that may wait: *ast.SendStmt, *ast.UnaryExpr,
// *ast.RangeStmt, *ast.SelectStmt or a call.
type act struct {
	node   ast.Node
	callee *callee // for calls; a node that is no *ast.CallExpr is a function handed over
	inLoop bool    // inside a loop without condition
	waits  []Wait  // judged once, unless the callee is local
}

// hand is a parameter given to a callee as its arg-th argument.
type hand struct {
	param  int
	callee *callee
	arg    int
}

// use counts what happens to one parameter.
type use struct {
	obj      types.Object // nil if it has no name
	isCtx    bool
	isChan   bool
	mentions int // all
	harmless int // those that do not make a context count: Err asked once, Value, _ = ctx
	chans    ChanUse
}

// newFunction prepares what will be noted of a declared function.
func newFunction(fn *types.Func, decl *ast.FuncDecl) *function {
	f := &function{obj: fn, decl: decl, span: decl, scope: newScope()}
	params := fn.Signature().Params()
	for i := range params.Len() {
		v := params.At(i)
		u := use{isCtx: isContext(v.Type()), isChan: isChan(v.Type()), chans: ChanUse{Param: i}}
		if v.Name() != "" && v.Name() != "_" {
			u.obj = v
		}
		f.uses = append(f.uses, u)
		f.scope.params = append(f.scope.params, v)
	}
	return f
}

// param returns the index of the context or channel parameter that e is.
func (f *function) param(info *types.Info, e ast.Expr) (i int, ok bool) {
	id, isIdent := ast.Unparen(e).(*ast.Ident)
	if !isIdent {
		return 0, false
	}
	for i := range f.uses {
		u := &f.uses[i]
		if u.obj != nil && (u.isCtx || u.isChan) && u.obj.Name() == id.Name && info.Uses[id] == u.obj {
			return i, true
		}
	}
	return 0, false
}

// walker is a place in a function's syntax. It is copied on the way down.
type walker struct {
	ix      *Index
	f       *function
	here    bool // in the function's own goroutine
	inLoop  bool // in any loop: for counting sends
	endless bool // in a loop without condition
	inLit   bool // in a function literal: a return leaves only that
}

// newWalker stands at the start of a function's body.
func newWalker(ix *Index, f *function) walker { return walker{ix: ix, f: f, here: true} }

// walk visits everything in n.
func (w walker) walk(n ast.Node) {
	if n != nil {
		ast.Inspect(n, w.visit)
	}
}

// walkAll visits expressions in order.
func (w walker) walkAll(list []ast.Expr) {
	for _, e := range list {
		w.walk(e)
	}
}

// visit notes one node and says whether Inspect shall go on below it.
func (w walker) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		w.mention(n)
	case *ast.SelectorExpr:
		w.selector(n)
		return false
	case *ast.CallExpr:
		w.call(n)
		return false
	case *ast.UnaryExpr:
		w.receive(n)
	case *ast.FuncLit:
		w.literal(n, w.isCalledByName(n))
		return false
	case *ast.CompositeLit:
		w.ix.clients.readLit(w.ix.info, n)
		w.fields(n)
		return false
	case *ast.SendStmt:
		w.send(n)
	case *ast.AssignStmt:
		return w.assign(n)
	case *ast.ValueSpec:
		w.values(n)
	default:
		return w.statement(n)
	}
	return true
}

// statement notes the statements that steer.
func (w walker) statement(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		w.spawn(n.Call)
		return false
	case *ast.SelectStmt:
		w.selects(n)
		return false
	case *ast.ForStmt:
		w.loop(n)
		return false
	case *ast.RangeStmt:
		w.ranges(n)
		return false
	case *ast.IfStmt:
		w.f.scope.clamp(w.ix.info, n)
		w.ix.readDrain(n, w.f.scope)
	case *ast.IncDecStmt:
		w.f.scope.changes(w.ix.info, n.X)
		w.ix.store(n.X, nil)
	case *ast.ReturnStmt:
		w.f.returns = w.f.returns || !w.inLit
	case *ast.BranchStmt:
		w.f.recovers = w.f.recovers || n.Tok == token.GOTO
	}
	return true
}

// act notes something that may wait if it happens in this goroutine.
func (w walker) act(n ast.Node, c *callee) {
	if w.here {
		w.f.acts = append(w.f.acts, act{node: n, callee: c, inLoop: w.endless})
	}
}

// mention counts a parameter's name.
func (w walker) mention(id *ast.Ident) {
	if i, ok := w.f.param(w.ix.info, id); ok {
		w.f.uses[i].mentions++
	}
}

// selector walks only the operand: the selected name is no mention. Err is a use
// of a context where a loop asks it again and again.
func (w walker) selector(n *ast.SelectorExpr) {
	if i, ok := w.f.param(w.ix.info, n.X); ok && (n.Sel.Name == "Err" && !w.inLoop || n.Sel.Name == "Value") {
		w.f.uses[i].harmless++
	}
	w.walk(n.X)
}

// fields walks a composite literal's values, not its keys' names.
func (w walker) fields(n *ast.CompositeLit) {
	isStruct := isStructLit(w.ix.info, n)
	w.ix.noteInOrder(n)
	w.ix.storeInOrder(n)
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if isStruct {
				w.ix.noteMake(kv.Key, kv.Value)
				w.ix.store(kv.Key, kv.Value)
			} else {
				w.walk(kv.Key)
			}
			e = kv.Value
		}
		w.walk(e)
	}
}

// values notes what declared variables start with.
func (w walker) values(n *ast.ValueSpec) {
	names := identExprs(n.Names)
	w.f.scope.define(w.ix.info, names, n.Values)
	for i, v := range n.Values {
		if len(names) == len(n.Values) {
			w.ix.noteMake(names[i], v)
		}
	}
	w.ix.storeUnknown(n)
}

// assign notes what variables start with.
func (w walker) assign(n *ast.AssignStmt) bool {
	w.f.scope.define(w.ix.info, n.Lhs, n.Rhs)
	w.f.scope.grow(w.ix.info, n)
	w.ix.storeAll(n)
	w.ix.clients.readAssign(w.ix.info, n, w.f.scope)
	if len(n.Lhs) != len(n.Rhs) {
		for _, lhs := range n.Lhs {
			w.ix.noteBare(lhs, false)
		}
		return true
	}
	for i, lhs := range n.Lhs {
		w.ix.noteMake(lhs, n.Rhs[i])
		if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" {
			if p, ok := w.f.param(w.ix.info, n.Rhs[i]); ok {
				w.f.uses[p].harmless++
			}
		}
	}
	return true
}

// literal walks a function literal; isCalled says that it certainly runs in
// the goroutine around it.
func (w walker) literal(n *ast.FuncLit, isCalled bool) {
	w.here = w.here && isCalled
	w.inLit = true
	w.endless = false
	w.walk(n.Body)
}
