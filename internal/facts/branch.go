package facts

import "go/ast"

// This file walks the statements that decide how often, and whether, the
// operations in them run.

// loop walks a for statement.
func (w walker) loop(n *ast.ForStmt) {
	if n.Init != nil {
		w.walk(n.Init)
	}
	w.f.scope.count(w.ix.info, n)
	w.inLoop = true
	w.endless = n.Cond == nil
	if n.Cond != nil {
		w.walk(n.Cond)
	}
	if n.Post != nil {
		w.walk(n.Post)
	}
	w.walk(n.Body)
}

// ranges walks a range statement; the operand is evaluated once, before.
func (w walker) ranges(n *ast.RangeStmt) {
	if isChan(w.ix.info.TypeOf(n.X)) {
		w.act(n, nil)
		w.recvs(n.X)
	}
	w.walk(n.X)
	w.f.scope.countOver(w.ix.info, n)
	w.inLoop, w.endless = true, false
	w.walk(n.Body)
}

// selects walks a select. Its channel operations are not waits of their own,
// but their operands are evaluated before anything is chosen.
func (w walker) selects(n *ast.SelectStmt) {
	if !hasDefault(n) {
		w.act(n, nil)
	}
	for _, s := range n.Body.List {
		clause := s.(*ast.CommClause)
		w.comm(clause.Comm)
		for _, s := range clause.Body {
			w.walk(s)
		}
	}
}

// comm walks the operands of a select case.
func (w walker) comm(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.SendStmt:
		w.sends(s.Chan)
		w.walk(s.Chan)
		w.walk(s.Value)
	case *ast.ExprStmt:
		w.commRecv(s.X)
	case *ast.AssignStmt:
		w.f.scope.define(w.ix.info, s.Lhs, s.Rhs)
		w.walkAll(s.Lhs)
		w.commRecv(s.Rhs[0])
	}
}

// commRecv walks the operand of a receive that is a select case.
func (w walker) commRecv(e ast.Expr) {
	if recv, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		w.recvs(recv.X)
		w.walk(recv.X)
	}
}

// hasDefault reports whether a select never waits.
func hasDefault(n *ast.SelectStmt) bool {
	for _, s := range n.Body.List {
		if s.(*ast.CommClause).Comm == nil {
			return true
		}
	}
	return false
}
