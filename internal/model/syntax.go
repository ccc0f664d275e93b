package model

import (
	"go/ast"
	"go/token"
)

// syntax finds the source of SSA instructions: SSA keeps one position per
// instruction, and these tables turn it back into a node.
type syntax struct {
	calls   map[token.Pos]*ast.CallExpr   // by Lparen
	selects map[token.Pos]*ast.SelectStmt // by "select", and by the operator of each case
	clauses map[token.Pos]*ast.CommClause // by the operator of the case
	sends   map[token.Pos]*ast.SendStmt   // by arrow
	recvs   map[token.Pos]*ast.UnaryExpr  // by arrow
	spawns  map[token.Pos]*ast.CallExpr   // go and defer statements by keyword
	ranges  map[token.Pos]*ast.RangeStmt  // by "for"
	loops   map[ast.Node][]*Loop          // by function node, in source order
}

// readSyntax fills the tables from the files of a package.
func readSyntax(files []*ast.File) *syntax {
	s := &syntax{
		calls:   make(map[token.Pos]*ast.CallExpr),
		selects: make(map[token.Pos]*ast.SelectStmt),
		clauses: make(map[token.Pos]*ast.CommClause),
		sends:   make(map[token.Pos]*ast.SendStmt),
		recvs:   make(map[token.Pos]*ast.UnaryExpr),
		spawns:  make(map[token.Pos]*ast.CallExpr),
		ranges:  make(map[token.Pos]*ast.RangeStmt),
		loops:   make(map[ast.Node][]*Loop),
	}
	for _, f := range files {
		ast.Inspect(f, s.visit)
	}
	return s
}

// visit files one node.
func (s *syntax) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		s.calls[n.Lparen] = n
	case *ast.SendStmt:
		s.sends[n.Arrow] = n
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			s.recvs[n.OpPos] = n
		}
	case *ast.RangeStmt:
		s.ranges[n.For] = n
	case *ast.GoStmt:
		s.spawns[n.Go] = n.Call
	case *ast.DeferStmt:
		s.spawns[n.Defer] = n.Call
	case *ast.SelectStmt:
		s.addSelect(n)
	}
	return true
}

// addSelect files a select under each operator, because SSA turns a select
// with a single case into a plain operation at the operator.
func (s *syntax) addSelect(sel *ast.SelectStmt) {
	s.selects[sel.Select] = sel
	for _, stmt := range sel.Body.List {
		clause, ok := stmt.(*ast.CommClause)
		if !ok || clause.Comm == nil {
			continue
		}
		pos := commPos(clause.Comm)
		s.selects[pos], s.clauses[pos] = sel, clause
	}
}

// commPos returns the position of the operator of a case's operation.
func commPos(comm ast.Stmt) token.Pos {
	switch c := comm.(type) {
	case *ast.SendStmt:
		return c.Arrow
	case *ast.AssignStmt:
		return arrowPos(c.Rhs[0])
	case *ast.ExprStmt:
		return arrowPos(c.X)
	}
	return comm.Pos()
}

// arrowPos returns the position of the arrow of a receive expression.
func arrowPos(e ast.Expr) token.Pos {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		return u.OpPos
	}
	return e.Pos()
}
