package selectcancel

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"time"

	"github.com/asynclint/asynclint/internal/config"
	"github.com/asynclint/asynclint/internal/model"
)

// Not every sleep that cancellation cannot cut short is worth a change: some end
// before anybody notices. May: a sleep counts as short by what its length and the
// loops around it can be at the most; a loop that asks whether to end is deaf for
// one turn only.

// isMinorPause reports whether a sleep is worth a word at level strict only.
func (j *judge) isMinorPause(o *model.Op) bool {
	return j.isBrief(o) || j.isForTests(o) || j.isTarpit(o) || j.isSettling(o)
}

// isBrief reports whether all turns of a sleep together end before anybody
// notices: half a second, or a second where the loop asks whether to end or the
// length is computed and that is its limit.
func (j *judge) isBrief(o *model.Op) bool {
	d, isLimit, ok := j.lengthOf(o)
	if !ok {
		return false
	}
	least := config.Active().MinSleep
	if d <= 10*least && j.followsAccept(o) {
		return true
	}
	turns, asks, ok := j.turnsOf(o)
	if !ok || turns > mostTurns || d > time.Hour {
		return false
	}
	d *= time.Duration(turns)
	if isLimit {
		return d <= 10*least
	}
	return d < 5*least || asks && d < 10*least
}

// lengthOf returns how long one sleep lasts; isLimit says that it is shorter as
// a rule. It is not ok if nothing is known.
func (j *judge) lengthOf(o *model.Op) (d time.Duration, isLimit, ok bool) {
	if o.Action == model.CallWait {
		return o.Wait.Dur, o.Wait.AtMost, o.Wait.Dur > 0
	}
	made, d, isConst := j.Clock(o.Value)
	if isConst || made == nil {
		return d, false, isConst
	}
	call := j.CallSyntax(made)
	if call == nil || len(call.Args) == 0 {
		return 0, false, false
	}
	d, ok = j.Facts.Limit(call.Args[0])
	return d, true, ok
}

// turnsOf returns how often the loops around an operation repeat it before they
// end or ask whether to. It is not ok if that is unknown.
func (j *judge) turnsOf(o *model.Op) (turns int64, asks, ok bool) {
	return j.turnsAt(o.Func, loopOf(o), 2)
}

// turnsAt does so from a loop of f outwards, and for a literal from where it is
// called.
func (j *judge) turnsAt(f *model.Func, l *model.Loop, depth int) (turns int64, asks, ok bool) {
	turns = 1
	for ; l != nil; l = l.Parent {
		if j.asksEachTurn(l) {
			return turns, true, true
		}
		n, known := j.Facts.Turns(l.Syntax)
		if !known || n > mostTurns || turns > mostTurns {
			return 0, false, false
		}
		turns *= n
	}
	if f.Obj != nil || depth == 0 || len(f.Callers) == 0 {
		return turns, false, !f.IsLoopBody()
	}
	most := int64(0)
	for _, c := range f.Callers {
		n, asked, known := j.turnsAt(c.From, c.From.LoopAt(c.Pos), depth-1)
		if !known || n > mostTurns {
			return 0, false, false
		}
		most, asks = max(most, n), asks || asked
	}
	return turns * most, asks, true
}

// mostTurns is more than any loop of short sleeps that still ends soon.
const mostTurns = 1000

// asksEachTurn reports whether a loop looks for its end at every turn: in its
// condition, by an if that leaves, or by a select with a stop case that may.
func (j *judge) asksEachTurn(l *model.Loop) bool {
	if loop, ok := l.Syntax.(*ast.ForStmt); ok && loop.Cond != nil && j.asksForEnd(loop.Cond) {
		return true
	}
	for _, s := range l.Func.Selects {
		if !l.Contains(s.Syntax.Pos()) {
			continue
		}
		for _, k := range s.Cases {
			if k.Kind == model.Stop && k.MayLeave() {
				return true
			}
		}
	}
	return j.leavesByIf(l)
}

// leavesByIf reports whether an if in the loop leaves it at its end, or because
// something that was given a context failed.
func (j *judge) leavesByIf(l *model.Loop) bool {
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			found = found || leavesLoop(n.Body) && (j.asksForEnd(n.Cond) || j.isFailure(l, n))
		}
		return !found
	})
	return found
}

// asksForEnd reports whether a condition asks for an end: Err of a context, the
// errors of cancellation, a variable or function named for an end.
func (j *judge) asksForEnd(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return !found
		}
		switch obj := j.Pass.TypesInfo.Uses[id].(type) {
		case *types.Func:
			isErr := obj.Name() == "Err" && obj.Signature().Recv() != nil
			found = found || isErr || model.IsStopName(obj.Name()) && obj.Signature().Results().Len() == 1
		case *types.Var:
			fromContext := obj.Pkg() != nil && obj.Pkg().Path() == "context"
			found = found || fromContext || model.IsStopName(obj.Name()) && isFlag(obj.Type())
		}
		return !found
	})
	return found
}

// isFlag reports whether a variable of type t can say that something has ended.
func isFlag(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsBoolean|types.IsInteger) != 0
	case *types.Chan, *types.Struct, *types.Pointer:
		return true
	}
	return false
}

// isFailure reports whether an if tests the error of a call in the loop that is
// given a context.
func (j *judge) isFailure(l *model.Loop, n *ast.IfStmt) bool {
	failed := j.testedError(n.Cond)
	if failed == nil {
		return false
	}
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok || len(as.Rhs) != 1 || !j.isGivenContext(as.Rhs[0]) {
			return !found
		}
		for _, lhs := range as.Lhs {
			id, ok := ast.Unparen(lhs).(*ast.Ident)
			found = found || ok && j.Pass.TypesInfo.ObjectOf(id) == failed
		}
		return !found
	})
	return found
}

// testedError returns the variable that a condition compares with nil, if the
// condition holds where that is an error.
func (j *judge) testedError(cond ast.Expr) types.Object {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || !j.Pass.TypesInfo.Types[cmp.Y].IsNil() {
		return nil
	}
	id, ok := ast.Unparen(cmp.X).(*ast.Ident)
	if !ok || !isError(j.TypeOf(id)) {
		return nil
	}
	return j.Pass.TypesInfo.ObjectOf(id)
}

// isGivenContext reports whether e is a call that is given a context.
func (j *judge) isGivenContext(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	for _, arg := range call.Args {
		if t := j.TypeOf(arg); t != nil && model.IsContext(t) {
			return true
		}
	}
	return false
}

// followsAccept reports whether the loop around a sleep accepts connections: it
// spares the processor while the system has no file descriptors left.
func (j *judge) followsAccept(o *model.Op) bool {
	l := loopOf(o)
	if l == nil {
		return false
	}
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			found = found || ok && strings.HasPrefix(sel.Sel.Name, "Accept")
		}
		return !found
	})
	return found
}

// isSleepWorthContext reports whether o is a sleep long enough to name it.
func (j *judge) isSleepWorthContext(o *model.Op) bool {
	isOwn := o.Callee != nil && o.Callee.FullName() == "time.Sleep"
	return isOwn && isLongSleep(o) && !j.isMinorPause(o)
}
