package goroutineleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
)

// This file finds goroutines that somebody plainly chose to leave alone: the other
// branch does the same work at once, or the work asks under a lock whether its
// object is closed, so that whoever closes it waits for the lock (may: the flag
// goes by its name).

// isChosen reports whether a goroutine is left alone by choice.
func (j *judge) isChosen(s *model.Spawn) bool {
	return j.isAlternative(s) || s.Body != nil && j.asksUnderLock(s.Body)
}

// isAlternative reports whether a branch chooses between the work at once and the
// work in a goroutine.
func (j *judge) isAlternative(s *model.Spawn) bool {
	calls := j.droppedCalls(s)
	found := false
	ast.Inspect(s.Func.Body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok || found || branch.Else == nil {
			return !found
		}
		for _, call := range calls {
			switch {
			case covers(branch.Body, s):
				found = found || j.callsAtOnce(branch.Else, call)
			case covers(branch.Else, s):
				found = found || j.callsAtOnce(branch.Body, call)
			}
		}
		return !found
	})
	return found
}

// covers reports whether a goroutine is started inside n.
func covers(n ast.Node, s *model.Spawn) bool { return n.Pos() <= s.Pos && s.Pos < n.End() }

// callsAtOnce reports whether n calls what call calls, other than in a goroutine.
func (j *judge) callsAtOnce(n ast.Node, call *ast.CallExpr) bool {
	fn := typeutil.Callee(j.Pass.TypesInfo, call)
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.FuncLit, *ast.DeferStmt:
			return false
		case *ast.CallExpr:
			found = found || fn != nil && typeutil.Callee(j.Pass.TypesInfo, n) == fn
		}
		return !found
	})
	return found
}

// asksUnderLock reports whether a goroutine takes a lock, and it or what it calls
// begins by leaving if a flag says that the object is closed.
func (j *judge) asksUnderLock(f *model.Func) bool {
	locks := false
	for _, o := range f.Ops {
		locks = locks || lockset.IsAcquire(o)
	}
	if !locks || j.leavesIfClosed(f) {
		return locks
	}
	for _, c := range f.Calls {
		if !c.Deferred && j.leavesIfClosed(c.To) {
			return true
		}
	}
	return false
}

// maxOpening is how many statements of a function count as its beginning.
const maxOpening = 4

// leavesIfClosed reports whether f begins by returning if a flag, named for an end,
// is set.
func (j *judge) leavesIfClosed(f *model.Func) bool {
	for _, stmt := range f.Body.List[:min(maxOpening, len(f.Body.List))] {
		branch, ok := stmt.(*ast.IfStmt)
		if !ok || len(branch.Body.List) == 0 || !j.isEndFlag(branch.Cond) {
			continue
		}
		if _, leaves := branch.Body.List[len(branch.Body.List)-1].(*ast.ReturnStmt); leaves {
			return true
		}
	}
	return false
}

// isEndFlag reports whether e asks a field, or a method of an object, whether an
// end has come.
func (j *judge) isEndFlag(e ast.Expr) bool {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 0 {
		e = call.Fun
		if load, ok := e.(*ast.SelectorExpr); ok && load.Sel.Name == "Load" {
			e = load.X
		}
	} else if b, ok := j.TypeOf(e).(*types.Basic); !ok || b.Info()&types.IsBoolean == 0 {
		return false
	}
	sel, ok := e.(*ast.SelectorExpr)
	return ok && model.IsStopName(sel.Sel.Name)
}
