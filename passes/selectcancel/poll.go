package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynclint/asynclint/internal/model"
)

// A loop that asks ctx.Err() at each turn claims to hear cancellation just like
// one with a select, and is as deaf while it sends. Must: the loop leaves on the
// answer, and the send's receiver is out of view or may have left. Knowingly
// missed: an answer that is kept in a variable made outside the test.

// polledBySend returns the test of ctx.Err in a loop around a bare send that
// may wait for ever, or nil.
func (j *judge) polledBySend(o *model.Op, ctx model.Ctx) ast.Node {
	if o.Action != model.Send || isReply(o) || !mayLackReceiver(o.Chan) || !o.Func.Reaches(o.Block(), o.Block()) {
		return nil
	}
	for l := o.Func.LoopAt(o.Pos); l != nil; l = l.Parent {
		if test := pollIn(j.Pass.TypesInfo, l, ctx.Var); test != nil {
			return test
		}
	}
	return nil
}

// pollIn returns the condition or statement by which a loop leaves once the
// context v has ended, or nil.
func pollIn(info *types.Info, l *model.Loop, v *types.Var) (test ast.Node) {
	if loop, ok := l.Syntax.(*ast.ForStmt); ok && loop.Cond != nil && asksErr(info, loop.Cond, v) {
		return loop.Cond
	}
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			asks := asksErr(info, n.Cond, v) || n.Init != nil && asksErr(info, n.Init, v)
			if test == nil && asks && leavesLoop(n.Body) {
				test = n
			}
		}
		return test == nil
	})
	return test
}

// leavesLoop reports whether a block ends by returning or leaving a loop.
func leavesLoop(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch last := b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK || last.Tok == token.GOTO
	}
	return false
}
