package goroutineleak

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/pattern"
	"github.com/asynclint/asynclint/internal/verify"
)

// A proof holds for every value that the checker does not know, and the program
// may know better: it has computed how much room a channel needs, a callback that
// it hands on is always called, a stop that the run leaves out always comes. This
// file finds the proofs that lean on such a value (may). They are reported at
// level strict.

// isDoubtful reports whether a proof leans on what the program may know better.
func (j *judge) isDoubtful(st *verify.Stuck) bool {
	if st.Whole && st.Chosen == 0 {
		return j.isLifeOfProcess(st) // nothing else is left to know better
	}
	switch st.Kind {
	case verify.SendToStopped:
		isBefore := st.Harness && st.Abandon != nil && st.Abandon.Case != nil && j.isBeforeStop(st.Op, st.Abandon.Case)
		return isBefore || isTestAid(j.docOf(st.Op.Func.Decl()))
	case verify.GroupNeverDone, verify.WaitBeforeReceive:
		return j.isSized(st) || j.isDoneElsewhere(st.Op)
	case verify.AbandonedReceiver:
		return j.isSized(st) || j.isServedElsewhere(st.Op.Chan) || isEndedByStop(st) || j.isLifeOfProcess(st)
	}
	return j.isSized(st) || isEndedByStop(st) || isLongRun(st) || j.leansOnReader(st)
}

// isSized reports whether the channel's room is computed for what is sent: it is
// the length of something or a sum, it is that of a semaphore, or answers are
// counted instead of closing the channel.
func (j *judge) isSized(st *verify.Stuck) bool {
	if st.Made == nil {
		return false
	}
	call := j.makeAt(st.Made.Pos)
	if call == nil || len(call.Args) < 2 || j.Pass.TypesInfo.Types[call.Args[1]].Value != nil {
		return false
	}
	c := j.ChanOf(st.Made.Instr)
	if st.Kind == verify.AbandonedReceiver {
		return c != nil && len(c.Closes) == 0
	}
	if st.Kind == verify.AbandonedSender && (st.Chosen == 0 || st.Chosen == 1 && !c.IsSemaphore()) {
		return false // room and sends are known, or come from the same number
	}
	return c.IsSemaphore() || c != nil && c.IsSignal() || isComputed(call.Args[1])
}

// isComputed reports whether an expression is more than a name.
func isComputed(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CallExpr, *ast.BinaryExpr:
			found = true
		}
		return !found
	})
	return found
}

// isDoneElsewhere reports whether a Done of the group is in a callback, or is one
// itself, so that whoever gets it owes it.
func (j *judge) isDoneElsewhere(wait *model.Op) bool {
	g := j.groups[wait]
	if g == nil {
		return false
	}
	if slices.ContainsFunc(g.Dones, func(o *model.Op) bool { return isCallback(o.Func) }) {
		return true
	}
	root, ok := wait.Place.Root.(ssa.Value)
	if !ok || root.Referrers() == nil {
		return false
	}
	return slices.ContainsFunc(*root.Referrers(), func(ref ssa.Instruction) bool {
		mc, ok := ref.(*ssa.MakeClosure)
		return ok && mc.Fn.(*ssa.Function).Synthetic != "" && mc.Fn.Name() == "Done$bound"
	})
}

// isServedElsewhere reports whether a callback sends on a channel or closes it, so
// that a receiver may be served after all. A sender is helped by neither.
func (j *judge) isServedElsewhere(c *model.Chan) bool {
	if c == nil {
		return false
	}
	isIn := func(o *model.Op) bool { return isCallback(o.Func) }
	return slices.ContainsFunc(c.Sends, isIn) || slices.ContainsFunc(c.Closes, isIn)
}

// isCallback reports whether f is a literal that is handed on.
func isCallback(f *model.Func) bool { return f.Obj == nil && f.EscapesAsValue() }

// isEndedByStop reports whether the wait is a select that hears a stop which
// another function closes, in a run that leaves out what others do.
func isEndedByStop(st *verify.Stuck) bool {
	o := st.Op
	if !st.Harness || o.Action != model.SelectWait || o.Select == nil {
		return false
	}
	return slices.ContainsFunc(o.Select.Cases, func(k *model.Case) bool {
		return k.Kind == model.Stop && k.Chan != nil && slices.ContainsFunc(k.Chan.Closes, func(c *model.Op) bool { return c.Func.Decl() != o.Func.Decl() })
	})
}

// isLongRun reports whether the goroutine that is left behind sends more than
// once before it is stuck: only a run of events fills its room.
func isLongRun(st *verify.Stuck) bool {
	if st.Abandon == nil || st.Op.Chan == nil {
		return false
	}
	sends := make(map[token.Pos]bool)
	for _, o := range st.Op.Chan.Sends {
		sends[o.Pos] = o.Func.LoopAt(o.Pos) != nil
	}
	left, n := false, 0
	for _, s := range st.Steps[:max(0, len(st.Steps)-1)] {
		left = left || s.Pos == st.Abandon.Pos
		if left && sends[s.Pos] {
			n++
		}
	}
	return n > 1
}

// testText matches comments that say that a function is there for tests.
var testText = pattern.New(`(?i)\b(for|in|by)( \w+)? test(s|ing)\b`)

// isTestAid reports whether a comment says that a function is there for tests.
func isTestAid(doc string) bool { return testText.MatchString(doc) }

// isDrainedBy reports whether the function that leaves receives from the channel
// outside its select before it does: it counts its senders.
func isDrainedBy(f *model.Func, c *model.Chan) bool {
	return c != nil && slices.ContainsFunc(c.Recvs, func(o *model.Op) bool { return o.Func == f })
}

// isStopItself reports whether a send on the channel is what ends the loop that
// receives it: the loop asks for what the case stores, or leaves by the case.
func isStopItself(c *model.Chan, loop *model.Func) bool {
	return c != nil && slices.ContainsFunc(c.Cases, func(k *model.Case) bool {
		return k.Select.Func() == loop && (leavesStraight(k.Clause.Body) || k.Kind == model.Stop || asksForStored(k))
	})
}

// leavesStraight reports whether statements leave the loop whatever happens.
func leavesStraight(body []ast.Stmt) bool {
	return endsInLeave(body) && !slices.ContainsFunc(body[:len(body)-1], func(s ast.Stmt) bool {
		switch s.(type) {
		case *ast.ExprStmt, *ast.SendStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeferStmt:
			return false
		}
		return true
	})
}

// asksForStored reports whether the condition of the loop around a case reads the
// variable that the case stores what it receives in.
func asksForStored(k *model.Case) bool {
	set, ok := k.Clause.Comm.(*ast.AssignStmt)
	loop := k.Select.Loop()
	if !ok || loop == nil {
		return false
	}
	around, ok := loop.Syntax.(*ast.ForStmt)
	if !ok || around.Cond == nil {
		return false
	}
	f, found := k.Select.Func(), false
	stored := variableOf(f, ast.Unparen(set.Lhs[0]))
	ast.Inspect(around.Cond, func(n ast.Node) bool {
		e, isExpr := n.(ast.Expr)
		found = found || isExpr && stored != nil && variableOf(f, e) == stored
		return !found
	})
	return found
}
