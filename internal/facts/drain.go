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
	if stopped == nil {
		return
	}
	ast.Inspect(n.Body, func(n ast.Node) bool {
		if recv, ok := n.(*ast.UnaryExpr); ok && recv.Op == token.ARROW && ix.isClockOf(recv.X, stopped) {
			ix.drains[recv] = true
		}
		return true
	})
}

// stoppedIn returns the timer whose Stop or Reset a condition denies: called in
// it, or before, with the answer in a variable.
func (ix *Index) stoppedIn(cond ast.Expr, sc *scope) types.Object {
	var timer types.Object
	ast.Inspect(cond, func(n ast.Node) bool {
		not, ok := n.(*ast.UnaryExpr)
		if ok && not.Op == token.NOT && timer == nil {
			timer = ix.stopped(ix.source(sc, not.X))
		}
		return timer == nil
	})
	return timer
}

// stopped returns the timer that e stops or resets, or nil.
func (ix *Index) stopped(e ast.Expr) types.Object {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	switch fn := funcValue(ix.info, call.Fun); {
	case fn == nil || !isTimerStop(fn):
		return nil
	}
	return objectOf(ix.info, receiver(call))
}

// isTimerStop reports whether fn tells if a timer was still to fire.
func isTimerStop(fn *types.Func) bool {
	return fn.FullName() == "(*time.Timer).Stop" || fn.FullName() == "(*time.Timer).Reset"
}

// isClockOf reports whether e is the channel of the timer.
func (ix *Index) isClockOf(e ast.Expr, timer types.Object) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "C" && objectOf(ix.info, sel.X) == timer
}
