package lockacrossblock

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
)

// This file knows channels with room for one that get one value each: after the
// send the entry that holds the channel is deleted or marked as served, in the
// same list of statements.

// isSentOnce reports whether a send on a channel with room for one is the only
// one that the channel gets.
func (j *judge) isSentOnce(w *wait) bool {
	c := w.op.Chan
	if w.op.Select != nil {
		c = soleSend(w.op.Select)
	} else if w.op.Action != model.Send {
		return false
	}
	if c == nil || !(holdsOne(c) || len(c.Makes) == 0 && j.isOneSlot(c.Elem)) {
		return false
	}
	return slices.ContainsFunc(listsAround(w.op), j.settles)
}

// holdsOne reports whether all channels of a class that are made in view have room
// for one.
func holdsOne(c *model.Chan) bool {
	return len(c.Makes) > 0 && !slices.ContainsFunc(c.Makes, func(m *model.Make) bool { return m.Cap != 1 })
}

// listsAround returns what follows an operation in the lists of statements around
// it, inside its function.
func listsAround(o *model.Op) (rest [][]ast.Stmt) {
	pos := o.Pos
	ast.Inspect(o.Func.Body, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt:
			rest = append(rest, after(n.List, pos))
		case *ast.CaseClause:
			rest = append(rest, after(n.Body, pos))
		case *ast.CommClause:
			rest = append(rest, after(n.Body, pos))
		case *ast.SelectStmt:
			rest = append(rest, sendBody(n))
		}
		return true
	})
	return rest
}

// sendBody returns the body of a select's case that sends.
func sendBody(n *ast.SelectStmt) []ast.Stmt {
	for _, s := range n.Body.List {
		if clause, ok := s.(*ast.CommClause); ok {
			if _, ok := clause.Comm.(*ast.SendStmt); ok {
				return clause.Body
			}
		}
	}
	return nil
}

// after returns the statements of a list behind pos.
func after(list []ast.Stmt, pos token.Pos) []ast.Stmt {
	for len(list) > 0 && list[0].Pos() <= pos {
		list = list[1:]
	}
	return list
}

// settles reports whether one of several statements deletes an entry of a map, or
// sets a flag.
func (j *judge) settles(list []ast.Stmt) bool {
	return slices.ContainsFunc(list, func(s ast.Stmt) bool {
		switch s := s.(type) {
		case *ast.ExprStmt:
			call, ok := s.X.(*ast.CallExpr)
			if !ok {
				return false
			}
			id, ok := call.Fun.(*ast.Ident)
			return ok && id.Name == "delete" && j.Pass.TypesInfo.Uses[id] == types.Universe.Lookup("delete")
		case *ast.AssignStmt:
			return len(s.Lhs) == 1 && isField(s.Lhs[0]) && isTrue(s.Rhs[0])
		}
		return false
	})
}

// isField reports whether e is written x.f.
func isField(e ast.Expr) bool { _, ok := e.(*ast.SelectorExpr); return ok }

// isTrue reports whether e is the word true.
func isTrue(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "true"
}

// isCondWait reports whether a wait stands in a function that waits for a condition
// besides, in a goroutine of its own: that lets go of the lock.
func (j *judge) isCondWait(w *wait) bool {
	if w.call == nil {
		return false
	}
	return slices.ContainsFunc(j.Funcs, func(f *model.Func) bool {
		return f.Decl() == w.call.To && f != w.call.To && slices.ContainsFunc(f.Ops, func(o *model.Op) bool { return o.Action == model.CondWait })
	})
}
