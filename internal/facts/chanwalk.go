package facts

import (
	"go/ast"
	"go/token"
)

// This file is what the walk notes of channels: who sends, who receives, and
// through which parameter.

// send notes a send, and counts it against the channel's room.
func (w walker) send(n *ast.SendStmt) {
	w.act(n, nil)
	w.sends(n.Chan)
}

// receive notes a receive, and a variable that others may now change.
func (w walker) receive(n *ast.UnaryExpr) {
	switch n.Op {
	case token.ARROW:
		w.takes(n)
		w.recvs(n.X)
	case token.AND:
		w.f.scope.changes(w.ix.info, n.X)
		w.ix.store(n.X, nil)
	}
}

// sends notes a channel that is sent on, in a select or not.
func (w walker) sends(ch ast.Expr) {
	w.chanUse(ch, func(u *ChanUse) { u.Sends = true })
	w.ix.noteTokens(ch, func(t *tokens) { t.sent = true })
	w.f.scope.countSend(w.ix.info, ch, w.inLoop)
}

// recvs notes a channel that is received from, in a select or not.
func (w walker) recvs(ch ast.Expr) {
	w.chanUse(ch, func(u *ChanUse) { u.Recvs = true })
	w.ix.noteTokens(ch, func(t *tokens) { t.received = true })
}

// chanUse notes what happens to a channel parameter.
func (w walker) chanUse(e ast.Expr, note func(*ChanUse)) {
	if i, ok := w.f.param(w.ix.info, e); ok && w.f.uses[i].isChan {
		note(&w.f.uses[i].chans)
	}
}
