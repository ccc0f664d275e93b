package unboundedchan

import (
	"go/ast"
	"go/token"

	"github.com/asynclint/asynclint/internal/model"
)

// This file recognises timers in loops that a burst of events does not multiply.

// isPerBatch reports whether the innermost loop goes on by more than one element
// at a time.
func isPerBatch(at *site) bool {
	s, ok := at.loops[0].Syntax.(*ast.ForStmt)
	if !ok {
		return false
	}
	post, ok := s.Post.(*ast.AssignStmt)
	return ok && post.Tok == token.ADD_ASSIGN
}

// looksFirst reports whether the callback first asks whether it still has
// anything to do.
func looksFirst(at *site) bool {
	if at.Body == nil || len(at.Body.Body.List) == 0 {
		return false
	}
	s, ok := at.Body.Body.List[0].(*ast.IfStmt)
	return ok && leavesFunc(s.Body)
}

// leavesFunc reports whether a block ends by leaving its function.
func leavesFunc(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	_, ok := b.List[len(b.List)-1].(*ast.ReturnStmt)
	return ok
}

// isBehindClock reports whether each turn of the loop waits for a clock before it
// starts the goroutine: a select with a ticker or a timer that it passes.
func (at *site) isBehindClock(s *model.Select) bool {
	if !at.loops[0].Contains(s.Syntax.Pos()) {
		return false
	}
	for _, k := range s.Cases {
		if (k.Kind == model.Ticker || k.Kind == model.Timer) && at.passes(k) {
			return true
		}
	}
	return false
}
