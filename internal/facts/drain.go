package facts

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file recognises the drain of a timer that could not be stopped: "if
// !t.Stop() { <-t.C }". The timer has fired, so the receive finds the tick and
// never waits.
//
// May: that somebody else has taken the tick before is not seen.

// readDrain notes the receives in an if that hangs on a timer's Stop or Reset.
func (ix *Index) readDrain(n *ast.IfStmt, sc *scope) {
	if as, ok := n.Init.(*ast.AssignStmt); ok {
		sc = newScope() // of the condition alone
		sc.define(ix.info, as.Lhs, as.Rhs)
	}
	stopped := ix.stoppedIn(n.Cond, sc)
	if stopped == "" {
		return
	}
	ast.Inspect(n.Body, func(n ast.Node) bool {
		if recv, ok := n.(*ast.UnaryExpr); ok && recv.Op == token.ARROW && types.ExprString(recv.X) == stopped+".C" {
			ix.drains[recv] = true
		}
		return true
	})
}

// takes notes a receive, unless it drains a timer.
func (w walker) takes(n *ast.UnaryExpr) {
	if !w.ix.drains[n] {
		w.act(n, nil)
	}
}

// stoppedIn returns the text of the timer whose Stop or Reset a condition denies:
// called in it, or before, with the answer in a variable; "" if there is none.
func (ix *Index) stoppedIn(cond ast.Expr, sc *scope) (timer string) {
	ast.Inspect(cond, func(n ast.Node) bool {
		not, ok := n.(*ast.UnaryExpr)
		if ok && not.Op == token.NOT && timer == "" {
			timer = ix.stopped(ix.source(sc, not.X))
		}
		return timer == ""
	})
	return timer
}

// stopped returns the text of the timer that e stops or resets, or "".
func (ix *Index) stopped(e ast.Expr) string {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return ""
	}
	if fn := funcValue(ix.info, call.Fun); fn == nil || !isTimerStop(fn) || receiver(call) == nil {
		return ""
	}
	return types.ExprString(receiver(call))
}

// isTimerStop reports whether fn tells if a timer was still to fire.
func isTimerStop(fn *types.Func) bool {
	return fn.FullName() == "(*time.Timer).Stop" || fn.FullName() == "(*time.Timer).Reset"
}

// IsDrain reports whether a receive empties a timer that could not be stopped,
// and therefore never waits.
func (ix *Index) IsDrain(recv *ast.UnaryExpr) bool { return ix.drains[recv] }
