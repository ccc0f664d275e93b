package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/op"
)

// This file carries summaries from callees to callers within the package.
//
// The strongly connected components of the call graph are visited callees
// first (Tarjan), each until nothing changes. Every summary only grows and all
// orders are finite, so that ends; the order is the source's, so the chain that
// is remembered does not depend on maps.

// node is a function's place in Tarjan's algorithm.
type node struct {
	index, low int // 0: not visited
	onStack    bool
}

// solver is the state of Tarjan's algorithm.
type solver struct {
	ix    *Index
	count int
	stack []*function
}

// solve computes the summaries of all functions of the package.
func (ix *Index) solve() {
	s := &solver{ix: ix}
	for _, f := range ix.funcs {
		if f.node.index == 0 {
			s.visit(f)
		}
	}
}

// visit gives f's component its summaries once those of its callees are known.
func (s *solver) visit(f *function) {
	s.count++
	f.node = node{index: s.count, low: s.count, onStack: true}
	s.stack = append(s.stack, f)
	for i := range f.acts {
		s.follow(f, f.acts[i].callee)
	}
	for _, h := range f.hands {
		s.follow(f, h.callee)
	}
	if f.node.low == f.node.index {
		s.component(f)
	}
}

// follow visits one callee.
func (s *solver) follow(f *function, c *callee) {
	if c == nil || c.local == nil {
		return
	}
	g := c.local
	if g.node.index == 0 {
		s.visit(g)
		f.node.low = min(f.node.low, g.node.low)
	} else if g.node.onStack {
		f.node.low = min(f.node.low, g.node.index)
	}
}

// component solves the functions on the stack down to root, in source order of
// their visit.
func (s *solver) component(root *function) {
	i := len(s.stack) - 1
	for s.stack[i] != root {
		i--
	}
	members := s.stack[i:]
	for _, f := range members {
		f.node.onStack = false
		s.ix.judgeOwn(f)
	}
	for changed := true; changed; {
		changed = false
		for _, f := range members {
			changed = s.ix.update(f) || changed
		}
		if len(members) == 1 && !callsItself(root) {
			break
		}
	}
	s.stack = s.stack[:i]
}

// callsItself reports whether f's summary depends on itself.
func callsItself(f *function) bool {
	for _, a := range f.acts {
		if a.callee != nil && a.callee.local == f {
			return true
		}
	}
	for _, h := range f.hands {
		if h.callee.local == f {
			return true
		}
	}
	return false
}

// judgeOwn judges what does not depend on other functions of the package.
func (ix *Index) judgeOwn(f *function) {
	f.sum.Known = true
	f.steady = steadyCalls(f.decl)
	for i := range f.acts {
		a := &f.acts[i]
		switch {
		case a.callee == nil:
			if w := ix.ownWait(a, f.scope); w.Waits() {
				a.waits = []Wait{w}
			}
		case a.callee.local == nil || a.callee.row != nil:
			a.waits = ix.waitsAt(a.callee, a.node, f.scope)
		}
	}
	for i := range f.uses {
		f.sum.addChan(f.uses[i].chans)
	}
}

// update lets f learn from its callees and reports whether it did.
func (ix *Index) update(f *function) (changed bool) {
	spawns, joins := f.starts, false
	for i := range f.acts {
		a := &f.acts[i]
		waits := a.waits
		if a.callee != nil {
			s := a.callee.summary()
			spawns = spawns || s.Spawns
			if a.callee.local != nil && a.callee.row == nil {
				waits = ix.waitsOf(a.callee, s, a.node, f.scope)
			}
		}
		for _, w := range waits {
			w.Always = w.Always && f.steady[a.node]
			changed = f.sum.addWait(w) || changed
		}
		joins = joins || ix.isJoin(a, waits, f)
	}
	if spawns && !joins && !f.sum.Spawns {
		f.sum.Spawns, changed = true, true
	}
	changed = ix.updateParams(f) || changed
	return ix.updateEnd(f) || changed
}

// isJoin reports whether an act waits for the goroutines that f starts: a
// group's Wait, or a receive from a channel made here.
func (ix *Index) isJoin(a *act, waits []Wait, f *function) bool {
	if a.callee != nil && (a.callee.role == roleSpawn || a.callee.local != nil && a.callee.local.starts) {
		return false
	}
	for _, w := range waits {
		if w.Kind == op.Join && w.Tier == op.TierUnbounded {
			return true
		}
	}
	var ch ast.Expr
	switch n := a.node.(type) {
	case *ast.UnaryExpr:
		ch = n.X
	case *ast.RangeStmt:
		ch = n.X
	default:
		return false
	}
	src, ok := ix.source(f.scope, ch).(*ast.CallExpr)
	return ok && isBuiltinCall(ix.info, src)
}

// updateParams learns what callees do with f's parameters.
func (ix *Index) updateParams(f *function) (changed bool) {
	asides := make([]int, len(f.uses))
	for _, h := range f.hands {
		s := h.callee.summary()
		if h.callee.role == roleCtxAside || s.IsDeadCtx(h.arg) {
			asides[h.param]++
		}
		if f.uses[h.param].isChan {
			u := s.Chan(h.arg)
			u.Param = h.param
			changed = f.sum.addChan(u) || changed
		}
	}
	for i, u := range f.uses {
		isDead := u.isCtx && i < 32 && u.mentions == u.harmless+asides[i]
		if isDead && !f.sum.IsDeadCtx(i) {
			f.sum.DeadCtx |= 1 << i
			changed = true
		}
	}
	return changed
}

// updateEnd learns whether f ever returns.
func (ix *Index) updateEnd(f *function) (changed bool) {
	if f.sum.NeverReturns || f.returns || f.recovers || !ix.isEnd(f.decl.Body) {
		return false
	}
	f.sum.NeverReturns = true
	return true
}

// isEnd reports whether control never passes s, given that nothing returns.
func (ix *Index) isEnd(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return len(s.List) > 0 && ix.isEnd(s.List[len(s.List)-1])
	case *ast.IfStmt:
		return s.Else != nil && ix.isEnd(s.Body) && ix.isEnd(s.Else)
	case *ast.LabeledStmt:
		return ix.isEnd(s.Stmt) && !breaksOut(s.Stmt, s.Label.Name)
	case *ast.ForStmt:
		return s.Cond == nil && !breaksOut(s, "")
	case *ast.SelectStmt:
		return len(s.Body.List) == 0
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && ix.isEndCall(call)
	}
	return false
}

// isEndCall reports whether a call never comes back.
func (ix *Index) isEndCall(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "panic" {
		_, isBuiltin := ix.info.Uses[id].(*types.Builtin)
		return isBuiltin
	}
	c := ix.callOf(call, newScope())
	return c != nil && c.summary().NeverReturns
}

// breaksOut reports whether a break leaves the statement: one with its label,
// or a bare one that no inner statement catches.
func breaksOut(s ast.Stmt, label string) bool {
	found := false
	depth := 0
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			isBreak := n.Tok == token.BREAK
			found = found || isBreak && (n.Label == nil && label == "" && depth <= 1 || n.Label != nil && n.Label.Name == label)
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			depth++
			eachChild(n, visit)
			depth--
			return false
		}
		return !found
	}
	ast.Inspect(s, visit)
	return found
}

// eachChild visits what is below n, not n.
func eachChild(n ast.Node, visit func(ast.Node) bool) {
	ast.Inspect(n, func(m ast.Node) bool {
		if m == n || m == nil {
			return m == n
		}
		ast.Inspect(m, visit)
		return false
	})
}
