package goroutineleak

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file finds a return that was forgotten between two sends: "if err != nil { c <-
// a }; c <- b". Room for both would hide that. May: both sends could be meant.

// sendBefore returns a send on the channel of a stuck one at the end of a branch that
// does not return, behind which the same function sends again, if one of the two is
// the stuck one; or nil.
func sendBefore(st *verify.Stuck) *model.Op {
	if st.Op.Action != model.Send || st.Op.Chan == nil {
		return nil
	}
	for _, a := range st.Op.Chan.Sends {
		for _, b := range st.Op.Chan.Sends {
			if (a == st.Op || b == st.Op) && goesOnTo(a, b) {
				return a
			}
		}
	}
	return nil
}

// goesOnTo reports whether a send ends a branch that control leaves to go on to the
// other.
func goesOnTo(a, b *model.Op) bool {
	if a == b || a.Func != b.Func || a.Pos > b.Pos || a.Func.Body == nil || a.Func.LoopAt(a.Pos) != a.Func.LoopAt(b.Pos) || !a.Func.MayFollow(a.Instr, b.Instr) {
		return false
	}
	found := false
	ast.Inspect(a.Func.Body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok || found {
			return !found
		}
		found = branch.End() < b.Pos && branch.Else == nil && endsIn(branch.Body, a)
		return !found
	})
	return found
}

// endsIn reports whether the last statement of a block is a send.
func endsIn(block *ast.BlockStmt, o *model.Op) bool {
	if len(block.List) == 0 {
		return false
	}
	s, ok := block.List[len(block.List)-1].(*ast.SendStmt)
	return ok && s.Arrow == o.Pos
}

// returnFix returns behind a send that ends a branch, where there is nothing to
// return.
func returnFix(o *model.Op) *analysis.SuggestedFix {
	stmt := bareStmt(o)
	if stmt == nil || o.Func.SSA.Signature.Results().Len() > 0 || o.Func.IsLoopBody() {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   "Return behind the first send",
		TextEdits: []analysis.TextEdit{{Pos: stmt.End(), End: stmt.End(), NewText: []byte("\nreturn")}},
	}
}
