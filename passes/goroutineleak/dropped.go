package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
)

// This file finds the calls of a goroutine whose errors go nowhere: the call
// behind go, a statement that is nothing but a call, and an error that is only
// compared with nil (must: the statement stands in the literal itself).

// droppedCalls returns the calls whose errors a goroutine drops.
func (j *judge) droppedCalls(s *model.Spawn) (list []*ast.CallExpr) {
	if s.Kind == model.GoStmt && s.Callee != nil {
		if endsInError(s.Callee.Signature()) {
			list = append(list, s.Call)
		}
		return list
	}
	if s.Body == nil || s.Body.Obj != nil {
		return nil
	}
	for _, stmt := range s.Body.Body.List {
		if call := j.droppedIn(stmt); call != nil {
			list = append(list, call)
		} else if call := j.swallowedIn(s.Body, stmt); call != nil {
			list = append(list, call)
		}
	}
	return list
}

// droppedIn returns the call of a statement that drops an error.
func (j *judge) droppedIn(stmt ast.Stmt) *ast.CallExpr {
	var e ast.Expr
	switch st := stmt.(type) {
	case *ast.ExprStmt:
		e = st.X
	case *ast.AssignStmt:
		if len(st.Rhs) == 1 && areBlank(st.Lhs) {
			e = st.Rhs[0]
		}
	}
	call, ok := e.(*ast.CallExpr)
	if !ok || isEnding(call) {
		return nil
	}
	if sig, ok := j.TypeOf(call.Fun).(*types.Signature); ok && endsInError(sig) {
		return call
	}
	return nil
}

// swallowedIn returns the call of a statement whose error is compared with nil
// and told to nobody, if neither a context nor time ends the call.
func (j *judge) swallowedIn(f *model.Func, stmt ast.Stmt) *ast.CallExpr {
	if branch, ok := stmt.(*ast.IfStmt); ok && branch.Init != nil {
		stmt = branch.Init
	}
	set, ok := stmt.(*ast.AssignStmt)
	if !ok || len(set.Rhs) != 1 {
		return nil
	}
	call, ok := set.Rhs[0].(*ast.CallExpr)
	if !ok || isEnding(call) {
		return nil
	}
	id, ok := set.Lhs[len(set.Lhs)-1].(*ast.Ident)
	if !ok || !isError(f, id) || !j.isOnlyCompared(f, id) {
		return nil
	}
	if w, ok := j.outsideWait(call); !ok || w.Bound == op.Context {
		return nil
	}
	return call
}

// isOnlyCompared reports whether a variable of a literal is used for nothing but
// to compare it with nil.
func (j *judge) isOnlyCompared(f *model.Func, id *ast.Ident) bool {
	info := j.Pass.TypesInfo
	obj := info.ObjectOf(id)
	if obj == nil || obj.Pos() < f.Body.Pos() || f.Body.End() <= obj.Pos() {
		return false // somebody else's variable
	}
	compared, uses := 0, 0
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			x, ok := n.X.(*ast.Ident)
			if ok && (n.Op == token.NEQ || n.Op == token.EQL) && info.ObjectOf(x) == obj && isNil(f, n.Y) {
				compared++
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if x, ok := l.(*ast.Ident); ok && info.Uses[x] == obj {
					uses-- // assigned, not used
				}
			}
		case *ast.Ident:
			if info.Uses[n] == obj {
				uses++
			}
		}
		return true
	})
	return uses == compared
}

// areBlank reports whether every variable assigned to is the blank one.
func areBlank(list []ast.Expr) bool {
	for _, e := range list {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return true
}
