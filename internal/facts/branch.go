package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/symbol"
)

// This file walks the statements that decide how often, and whether, the
// operations in them run.

// loop walks a for statement.
func (w walker) loop(n *ast.ForStmt) {
	if n.Init != nil {
		w.walk(n.Init)
	}
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

// drain notes "if !t.Stop() { <-t.C }": what is received was sent before, so that
// nothing is waited for.
func (w walker) drain(n *ast.IfStmt) {
	timer := failedStop(w.ix.info, n.Cond)
	if timer == "" {
		return
	}
	for _, s := range n.Body.List {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			continue
		}
		recv, ok := ast.Unparen(x.X).(*ast.UnaryExpr)
		if ok && recv.Op == token.ARROW && types.ExprString(recv.X) == timer+".C" {
			w.f.scope.drains[recv] = true
		}
	}
}

// timerStop is the method that tells whether a timer has fired.
var timerStop = symbol.Name{Pkg: "time", Recv: "Timer", Func: "Stop"}

// failedStop returns the text of t if a condition says that t.Stop() of a timer
// came too late, "" otherwise.
func failedStop(info *types.Info, cond ast.Expr) string {
	switch e := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		if e.Op != token.LAND {
			return ""
		}
		if timer := failedStop(info, e.X); timer != "" {
			return timer
		}
		return failedStop(info, e.Y)
	case *ast.UnaryExpr:
		call, ok := ast.Unparen(e.X).(*ast.CallExpr)
		if e.Op != token.NOT || !ok {
			return ""
		}
		if fn := funcValue(info, call.Fun); fn != nil && nameOf(fn) == timerStop {
			return types.ExprString(receiver(call))
		}
	}
	return ""
}
