package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file puts a bare send or receive into a select with something that ends the
// wait. The new return changes where control goes, so the fix is an unsafe one. What
// the function owes to others at its end it does before it returns; where it owes it
// on some paths only, no fix is offered.

// selectFix lets each of the operations end with what exitOf finds for it; nil if
// one of them cannot.
func (j *judge) selectFix(ops []*model.Op, exitOf func(*model.Op) exit) *analysis.SuggestedFix {
	fix := &analysis.SuggestedFix{}
	for _, o := range ops {
		e := exitOf(o)
		edits := j.selectEdits(o, e)
		if edits == nil {
			return nil
		}
		fix.Message = "Select on " + e.done + " as well"
		for _, edit := range edits {
			if !slices.ContainsFunc(fix.TextEdits, func(old analysis.TextEdit) bool { return isSameEdit(old, edit) }) {
				fix.TextEdits = append(fix.TextEdits, edit)
			}
		}
	}
	return fix
}

// isSameEdit reports whether two edits do the same: both import a package.
func isSameEdit(a, b analysis.TextEdit) bool {
	return a.Pos == b.Pos && a.End == b.End && string(a.NewText) == string(b.NewText)
}

// stuckFix is selectFix for a proof, unless only a return has been forgotten.
func (j *judge) stuckFix(st *verify.Stuck) *analysis.SuggestedFix {
	if first := sendBefore(st); first != nil && first != st.Op {
		return returnFix(first)
	}
	switch st.Kind {
	case verify.AbandonedSender, verify.AbandonedReceiver, verify.SendToStopped:
		return j.selectFix([]*model.Op{st.Op}, func(o *model.Op) exit { return j.exitOfStuck(o, st) })
	}
	return nil
}

// selectEdits returns the edits for one operation, nil if it is not a statement of
// its own or must not be left.
func (j *judge) selectEdits(o *model.Op, e exit) []analysis.TextEdit {
	stmt := bareStmt(o)
	owed, ok := owedText(o)
	if e.done == "" || stmt == nil || !ok {
		return nil
	}
	var edits []analysis.TextEdit
	err := e.ctx + ".Err()"
	if e.ctx == "" && o.Func.ReturnsError() {
		file := j.fileAt(o.Pos)
		if file == nil {
			return nil
		}
		if edits, ok = j.importPackage("errors", file, o.Pos); !ok {
			return nil
		}
		err = `errors.New("stopped")`
	}
	leave, ok := o.Func.LeaveText(err)
	if !ok {
		return nil
	}
	tail := ":\ncase <-" + e.done + ":\n" + owed + leave + "\n}"
	return append(edits,
		analysis.TextEdit{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte("select {\ncase ")},
		analysis.TextEdit{Pos: stmt.End(), End: stmt.End(), NewText: []byte(tail)},
	)
}

// bareStmt returns the statement that consists of a send or receive and stands in
// a list of statements, or nil.
func bareStmt(o *model.Op) (found ast.Stmt) {
	if o.Select != nil || o.Func.Body == nil {
		return nil
	}
	ast.Inspect(o.Func.Body, func(n ast.Node) bool {
		if n == nil || found != nil || n.Pos() > o.Pos || o.Pos >= n.End() {
			return false
		}
		for _, s := range model.StmtsIn(n) {
			if isStmtOf(s, o) {
				found = s
			}
		}
		return true
	})
	return found
}

// isStmtOf reports whether a statement may be the case of a select that does what o
// does: a send, a receive, or a receive into something declared before.
func isStmtOf(s ast.Stmt, o *model.Op) bool {
	var recv ast.Expr
	switch s := s.(type) {
	case *ast.SendStmt:
		return o.Action == model.Send && s.Arrow == o.Pos
	case *ast.ExprStmt:
		recv = s.X
	case *ast.AssignStmt:
		if s.Tok != token.ASSIGN || len(s.Rhs) != 1 {
			return false
		}
		recv = s.Rhs[0]
	}
	u, ok := recv.(*ast.UnaryExpr)
	return ok && o.Action == model.Recv && u.Op == token.ARROW && u.OpPos == o.Pos
}

// owedText returns the statements at the end of the function of o that a return at o
// skips and that others wait for; ok is false if not all of them stand there.
func owedText(o *model.Op) (text string, ok bool) {
	owed := make(map[ast.Expr]bool)
	for _, p := range o.Func.Ops {
		if p.Action == model.Close && p.Chan != nil && othersSend(p.Chan, o.Func) {
			return "", false // they may still be at it
		}
		switch p.Action {
		case model.Unlock, model.RUnlock, model.GroupDone, model.Close, model.CondWake:
			if !p.Deferred && o.Func.MayFollow(o.Instr, p.Instr) {
				owed[p.Call] = true
			}
		}
	}
	for _, s := range o.Func.Body.List {
		if call, isCall := s.(*ast.ExprStmt); isCall && s.Pos() > o.Pos && owed[call.X] && !hasLiteral(call.X) {
			text += types.ExprString(call.X) + "\n"
			delete(owed, call.X)
		}
	}
	return text, len(owed) == 0
}

// othersSend reports whether anybody in view but f sends on a channel.
func othersSend(c *model.Chan, f *model.Func) bool {
	return slices.ContainsFunc(c.Sends, func(o *model.Op) bool { return o.Func != f }) ||
		slices.ContainsFunc(c.Cases, func(k *model.Case) bool { return k.Dir == types.SendOnly && k.Select.Func() != f })
}

// hasLiteral reports whether an expression spans a function literal, which is not
// written down as it stands.
func hasLiteral(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, isLit := n.(*ast.FuncLit)
		found = found || isLit
		return !found
	})
	return found
}
