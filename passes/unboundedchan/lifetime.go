package unboundedchan

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/op"
	"github.com/asynclint/asynclint/internal/pattern"
)

// This file recognises goroutines that a limit would not suit: those that a
// clock starts, that serve a connection, or that live as long as what they serve.
// It leans towards yes, which silences.

// isTimed reports whether a clock makes the loop start the goroutine: the
// program has chosen how often.
func (j *judge) isTimed(at *site) bool {
	for _, l := range at.loops {
		if l.Kind == model.RangeChan && isTimeChan(j.TypeOf(l.Over)) {
			return true
		}
	}
	for _, s := range at.Func.Selects {
		if at.isBehindClock(s) {
			return true
		}
		for _, k := range s.Cases {
			if k.Contains(at.Pos) && (k.Kind == model.Ticker || k.Kind == model.Timer) {
				return true
			}
		}
	}
	for _, o := range at.Func.Ops {
		if o.Action == model.Recv && at.loops[0].Contains(o.Pos) && isTimeChan(o.Value.Type()) {
			return true
		}
		if o.Action == model.CallWait && o.Wait.Kind == op.Sleep && at.loops[0].Contains(o.Pos) {
			return true
		}
	}
	return false
}

// isTimeChan reports whether t is a channel of times.
func isTimeChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && isNamedType(ch.Elem(), "time", "Time")
}

// isLongLived reports whether the goroutine serves as long as its element
// exists rather than doing a piece of work: a limit would starve the others.
func (j *judge) isLongLived(at *site) bool {
	return at.isServing() || at.Body != nil && j.staysAround(at.Body, 0)
}

// staysAround reports whether f serves a channel or a clock, never returns, or
// goes on for as long as some state holds; so does what it calls.
func (j *judge) staysAround(f *model.Func, depth int) bool {
	if !f.MayReturn() || isWorker(f) {
		return true
	}
	for _, s := range f.Selects {
		if s.Loop() != nil && s.HasCase(model.Ticker) {
			return true
		}
	}
	for _, l := range f.Loops {
		if endsOnlyByOrder(l) {
			return true
		}
		if s, ok := l.Syntax.(*ast.ForStmt); ok && l.Kind == model.While && isStateCall(s.Cond) {
			return true
		}
	}
	return depth == 0 && slices.ContainsFunc(f.Calls, func(c *model.Call) bool { return j.staysAround(c.To, depth+1) })
}

// isStateCall reports whether a loop's condition asks an object for its state.
func isStateCall(cond ast.Expr) bool {
	call, ok := ast.Unparen(cond).(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && !inputMethod.MatchString(sel.Sel.Name)
}

// acceptName matches calls that take on a connection, or a datagram from anybody.
var acceptName = pattern.New(`^(?i)(accept|readfrom($|udp|ip|unix|addr)|readmsg)`)

// isAccept reports whether the loop takes on connections or datagrams: a
// goroutine for each is how Go serves.
func (j *judge) isAccept(at *site) bool {
	for _, l := range at.loops {
		found := false
		ast.Inspect(l.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				found = found || acceptName.MatchString(calleeName(call))
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}
