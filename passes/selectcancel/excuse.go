package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file knows sleeps that nobody should cut short: those that only tests ask
// for, those that are long on purpose, and those with nothing to listen to. May:
// hooks, refusals and clean-up are known by name.

// testHook matches packages, functions and variables by which tests reach into
// code.
var testHook = pattern.New(`^test([A-Z]|hook|util|ing)|failpoint|chaos|(?i)faultinj`)

// isForTests reports whether a sleep only runs if the environment or a hook of
// tests asks for it.
func (j *judge) isForTests(o *model.Op) bool {
	found := false
	ast.Inspect(o.Func.Decl().Body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok || o.Pos < branch.Body.Pos() || branch.Body.End() <= o.Pos {
			return !found
		}
		found = found || j.callsHook(branch.Init) || j.callsHook(branch.Cond)
		return !found
	})
	return found
}

// callsHook reports whether n reads the environment or calls a hook of tests.
func (j *judge) callsHook(n ast.Node) bool {
	found := false
	if n == nil {
		return false
	}
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return !found
		}
		switch obj := j.Pass.TypesInfo.Uses[id].(type) {
		case *types.Func:
			found = found || obj.Pkg() != nil && (readsEnv(obj) || testHook.MatchString(obj.Pkg().Name()) || testHook.MatchString(obj.Name()))
		case *types.Var:
			found = found || testHook.MatchString(obj.Name())
		}
		return !found
	})
	return found
}

// readsEnv reports whether fn reads the environment.
func readsEnv(fn *types.Func) bool {
	return fn.FullName() == "os.Getenv" || fn.FullName() == "os.LookupEnv"
}

// isTarpit reports whether a sleep slows down whoever failed to identify
// himself: what comes next answers 401 or 403.
func (j *judge) isTarpit(o *model.Op) bool {
	for _, stmt := range following(o.Func.Body, o.Pos) {
		if j.deniesAccess(stmt) {
			return true
		}
	}
	return false
}

// undoName matches calls that remove what has failed.
var undoName = pattern.New(`(?i)^(remove|delete|abort|cancel|cleanup|rollback|undo)`)

// isSettling reports whether a sleep gives the other side time before what has
// failed is removed, in a branch that returns the failure: the context may have
// ended long before.
func (j *judge) isSettling(o *model.Op) bool {
	found := false
	ast.Inspect(o.Func.Body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok || o.Pos < branch.Body.Pos() || branch.Body.End() <= o.Pos || j.testedError(branch.Cond) == nil {
			return !found
		}
		_, returns := branch.Body.List[len(branch.Body.List)-1].(*ast.ReturnStmt)
		found = found || returns && undoes(branch.Body)
		return !found
	})
	return found
}

// undoes reports whether a block calls something that removes what has failed.
func undoes(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			found = found || ok && undoName.MatchString(sel.Sel.Name)
		}
		return !found
	})
	return found
}

// deniesAccess reports whether a statement mentions that access is denied.
func (j *judge) deniesAccess(stmt ast.Stmt) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && (id.Name == "StatusUnauthorized" || id.Name == "StatusForbidden") {
			found = true
		}
		return !found
	})
	return found
}

// following lists the statements behind pos in the blocks around it.
func following(body *ast.BlockStmt, pos token.Pos) (out []ast.Stmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		if block, ok := n.(*ast.BlockStmt); ok {
			for _, stmt := range block.List {
				if stmt.Pos() > pos {
					out = append(out, stmt)
				}
			}
		}
		return true
	})
	return out
}

// isUnending reports whether o only runs where some context has no Done channel:
// there is nothing to listen to.
func (j *judge) isUnending(o *model.Op) bool {
	for _, b := range o.Func.SSA.Blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		call, isNil := nilTest(branch.Cond)
		if call == nil || !isMethodOf(call, "Done") {
			continue
		}
		never := b.Succs[1]
		if isNil {
			never = b.Succs[0]
		}
		if len(never.Preds) == 1 && never.Dominates(o.Block()) {
			return true
		}
	}
	return false
}

// isEndlessTask reports whether o runs in a goroutine of its own that has no end
// and was started beside the function that has the context: that the goroutine
// never ends is what is wrong with it.
func isEndlessTask(o *model.Op, ctx model.Ctx) bool {
	for g := o.Func; g != nil && g != ctx.Owner; g = g.Parent {
		if !g.MayReturn() && (len(g.Started) > 0 || g.EscapesAsValue()) && !usesAnyContext(g) {
			return true
		}
	}
	return false
}
