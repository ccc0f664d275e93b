package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// A break in a case leaves the select, not the loop around it. Must: the case
// does nothing but say so, and nothing behind the select looks at what happened.

// plainBreak finds an unlabelled break of the case's own.
func plainBreak(clause *ast.CommClause) (pos token.Pos) {
	for _, stmt := range clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
				return false
			case *ast.BranchStmt:
				if n.Tok == token.BREAK && n.Label == nil {
					pos = n.Pos()
				}
			}
			return true
		})
	}
	return pos
}

// goesOnToNext reports whether the case's break leads to the loop's next turn as
// if nothing had happened, until the loop ends for another reason.
func (j *judge) goesOnToNext(k *model.Case, loop *model.Loop) bool {
	root := rootIdent(k.Expr())
	if root == nil || loop.Kind == model.Endless || !isOnlyBreak(k.Clause) {
		return false
	}
	if loop, ok := loop.Syntax.(*ast.ForStmt); ok && j.mentionsRoot(loop.Cond, root) {
		return false
	}
	for _, stmt := range loop.Body.List {
		if stmt.Pos() > k.Clause.End() && j.looksAt(stmt, root) {
			return false
		}
	}
	return true
}

// isOnlyBreak reports whether a case ends with a break and neither notes what
// happened nor has another way out.
func isOnlyBreak(clause *ast.CommClause) bool {
	if len(clause.Body) == 0 {
		return false
	}
	last, ok := clause.Body[len(clause.Body)-1].(*ast.BranchStmt)
	if !ok || last.Tok != token.BREAK || last.Label != nil {
		return false
	}
	for _, stmt := range clause.Body[:len(clause.Body)-1] {
		if _, ok := stmt.(*ast.ExprStmt); !ok {
			return false
		}
	}
	return true
}

// mentionsRoot reports whether an expression names the variable that root does.
func (j *judge) mentionsRoot(e ast.Expr, root *ast.Ident) bool {
	v, _ := j.Pass.TypesInfo.ObjectOf(root).(*types.Var)
	return v != nil && mentions(j.Pass.TypesInfo, e, v)
}

// looksAt reports whether a statement mentions the variable that root names, or
// leaves the loop.
func (j *judge) looksAt(stmt ast.Stmt, root *ast.Ident) bool {
	obj := j.Pass.TypesInfo.ObjectOf(root)
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			found = found || j.Pass.TypesInfo.ObjectOf(n) == obj
		case *ast.ReturnStmt, *ast.BranchStmt:
			found = true
		}
		return !found
	})
	return found
}
