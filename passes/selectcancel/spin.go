package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds loops that receive from a closed channel as if it had data.
// Must: all makes of the channel are in view, it is closed and not made anew,
// and no path leads from the receive out of the function.

// closedSpins judges closed-channel-spins for a case of a select.
func (j *judge) closedSpins(k *model.Case) {
	if k.Kind != model.Work && !bindsData(k) || k.Dir != types.RecvOnly || k.Select.Loop() == nil || bindsOK(k.Clause.Comm) && waitsIn(k) {
		return
	}
	if !j.isUsedUp(k) || j.isGivenEachTurn(k.Value) || isMadeEachTurn(k.Chan, k.Select.Func(), k.Pos) || !k.MayStay() || k.Select.Func().MayExitAfter(k.Select.Op.Block()) || j.isReset(k, k.Select.Loop()) {
		return
	}
	j.addSpin(k.Pos, k.Name(), k.Chan)
}

// isUsedUp reports whether a case's channel has nothing but zero values once it
// is closed. Where no send is in view, the value that the case binds tells that
// the channel carries data rather than an end.
func (j *judge) isUsedUp(k *model.Case) bool {
	return j.isClosedForGood(k.Chan, k.Value) || k.Kind == model.Stop && k.Chan != nil && len(k.Chan.Closes) > 0 && j.staysReady(k)
}

// isOnlyClosed reports whether the package closes a channel that it never sends
// on or replaces: whoever makes and fills it is out of view.
func isOnlyClosed(c *model.Chan) bool {
	return c != nil && len(c.Closes) > 0 && !c.HasSends() && !isRemade(c) && !c.MaybeNil && len(c.From) == 0
}

// bindsData reports whether a case gives a name to what it receives, and the
// channel's elements carry data.
func bindsData(k *model.Case) bool {
	as, ok := k.Clause.Comm.(*ast.AssignStmt)
	if !ok || len(as.Lhs) == 0 || k.Chan == nil || k.Chan.IsSignal() {
		return false
	}
	first, isName := as.Lhs[0].(*ast.Ident)
	return !isName || first.Name != "_"
}

// waitsIn reports whether the body of a case waits for something, so that a loop
// that has seen the end of the channel may rest there.
func waitsIn(k *model.Case) bool {
	return slices.ContainsFunc(k.Select.Func().Ops, func(o *model.Op) bool { return o.Wait.Waits() && k.Contains(o.Pos) })
}

// isGivenEachTurn reports whether a value is, or may be, another channel at each
// turn: the result of a call in the loop, or one of several.
func (j *judge) isGivenEachTurn(v ssa.Value) bool {
	if _, isPhi := v.(*ssa.Phi); isPhi {
		return true
	}
	made, ok := j.PlaceOf(v).Root.(*ssa.Call)
	if !ok {
		return false
	}
	f := j.FuncOf(made.Parent())
	return f == nil || f.Reaches(made.Block(), made.Block())
}

// closedBare judges closed-channel-spins for a bare receive in a loop without
// exit.
func (j *judge) closedBare(o *model.Op) {
	if !j.isClosedForGood(o.Chan, o.Value) && !isOnlyClosed(o.Chan) || j.isGivenEachTurn(o.Value) || isMadeEachTurn(o.Chan, o.Func, o.Pos) || o.Func.LoopAt(o.Pos) == nil || o.Func.MayExitAfter(o.Block()) || !o.Func.Reaches(o.Block(), o.Block()) {
		return
	}
	recv, ok := o.Instr.(*ssa.UnOp)
	switch {
	case !ok:
	case o.Action == model.RangeRecv:
		if isAlone(o) {
			j.addSpin(o.Pos, o.Name(), o.Chan)
		}
	case o.Action == model.Recv && (!looksAtOK(recv) || isAlone(o)):
		j.addSpin(o.Pos, o.Name(), o.Chan)
	}
}

// isAlone reports whether nothing but the receive waits in the loop around it, so
// that the loop turns at full speed once the channel is closed.
func isAlone(o *model.Op) bool {
	outer := o.Func.LoopAt(o.Pos)
	for _, other := range o.Func.Ops {
		if other != o && other.Wait.Waits() && outer.Contains(other.Pos) {
			return false
		}
	}
	return true
}

// addSpin reports a loop that turns on a closed channel.
func (j *judge) addSpin(pos token.Pos, name string, c *model.Chan) {
	closed := c.Closes[0].Pos
	j.report.Add(report.Finding{
		Rule:    "closed-channel-spins",
		Pos:     pos,
		Message: "once " + name + " is closed (" + j.report.Where(pos, closed) + ") this loop spins on zero values; leave once ok is false",
		Strict:  j.IsTestCode(pos),
		Related: []analysisStep{report.Step(closed, "%s is closed here", name)},
	})
}

// isClosedForGood reports whether all makes and uses of a channel are in view, it
// is closed, and v does not stand for nil or another one at times.
func (j *judge) isClosedForGood(c *model.Chan, v ssa.Value) bool {
	return c != nil && !c.In && len(c.Closes) > 0 && !isRemade(c) && (!c.MaybeNil || j.isResult(v))
}

// isResult reports whether a value is what one call returned, whatever becomes of
// the variables of other functions that hold its like.
func (j *judge) isResult(v ssa.Value) bool {
	place := j.PlaceOf(v)
	_, ok := place.Root.(*ssa.Call)
	return ok && place.Fields == ""
}

// isMadeEachTurn reports whether a loop around pos makes the channel, so that
// each turn has one of its own.
func isMadeEachTurn(c *model.Chan, f *model.Func, pos token.Pos) bool {
	for l := f.LoopAt(pos); l != nil; l = l.Parent {
		for _, m := range c.Makes {
			if l.Contains(m.Pos) {
				return true
			}
		}
	}
	return false
}

// bindsOK reports whether a case looks at the second value of its receive.
func bindsOK(comm ast.Stmt) bool {
	as, ok := comm.(*ast.AssignStmt)
	if !ok || len(as.Lhs) != 2 {
		return false
	}
	second, isName := as.Lhs[1].(*ast.Ident)
	return !isName || second.Name != "_"
}

// looksAtOK reports whether the second value of a receive is used.
func looksAtOK(recv *ssa.UnOp) bool {
	if !recv.CommaOk {
		return false
	}
	for _, ref := range *recv.Referrers() {
		if ext, ok := ref.(*ssa.Extract); !ok || ext.Index == 1 && len(*ext.Referrers()) > 0 {
			return true
		}
	}
	return false
}
