package lockacrossblock

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// This file finds permits that are waited for with a lock in hand that everybody
// takes before a permit is given back: once the permits are out, nobody moves. All
// that give back must be in view and take the lock on every way (must); that the
// permits run out, and that the instances are the same, is a may.

// judgePermit reports such a wait and says whether it did.
func (j *judge) judgePermit(w *wait) bool {
	returns := j.permitReturns(w.op)
	if len(returns) == 0 {
		return false
	}
	for _, h := range w.all {
		if taken, at := j.allTake(w, h, returns); taken != nil {
			j.addPermit(w, h, taken, at)
			return true
		}
	}
	return false
}

// permitReturns lists all that give back permits of the semaphore that an operation
// takes one from; none if it takes none, or if others may give back.
func (j *judge) permitReturns(o *model.Op) []*model.Op {
	c := o.Chan
	if o.Action == model.SelectWait {
		c = soleSend(o.Select)
	}
	switch {
	case o.Action == model.Send || o.Action == model.SelectWait:
		if c.IsClosedWorld() && c.IsSemaphore() && isKept(c) {
			return counterparts(c, true)
		}
	case isWeighted(o.Callee, "Acquire"):
		return j.releaseCalls(o)
	}
	return nil
}

// isKept reports whether a channel lives in fields or package variables: one that is
// made for one call counts what is done rather than what is permitted.
func isKept(c *model.Chan) bool {
	for _, use := range [][]*model.Op{c.Sends, c.Recvs} {
		for _, o := range use {
			if v, ok := o.Class.(*types.Var); !ok || !v.IsField() && !isGlobal(v) {
				return false
			}
		}
	}
	return true
}

// isWeighted reports whether fn is a method of semaphore.Weighted.
func isWeighted(fn *types.Func, name string) bool {
	if fn == nil || fn.Name() != name || fn.Pkg() == nil || fn.Pkg().Path() != "golang.org/x/sync/semaphore" {
		return false
	}
	return fn.Signature().Recv() != nil
}

// releaseCalls lists the calls that give back to the semaphore that a call takes from,
// if no other package can.
func (j *judge) releaseCalls(o *model.Op) (out []*model.Op) {
	i, ok := o.Instr.(ssa.CallInstruction)
	if !ok || len(i.Common().Args) == 0 {
		return nil
	}
	class := j.ClassOf(i.Common().Args[0])
	if class == nil || class.Exported() || class.Pkg() != j.Pass.Pkg {
		return nil
	}
	for _, f := range j.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if i, ok := instr.(ssa.CallInstruction); ok && isReleaseOf(i.Common()) && j.ClassOf(i.Common().Args[0]) == class {
					_, deferred := i.(*ssa.Defer)
					out = append(out, &model.Op{Func: f, Action: model.CallWait, Instr: i, Pos: j.CallPos(i), Deferred: deferred})
				}
			}
		}
	}
	return out
}

// isReleaseOf reports whether a call gives back to a semaphore.
func isReleaseOf(common *ssa.CallCommon) bool {
	fn := common.StaticCallee()
	if fn == nil || len(common.Args) == 0 {
		return false
	}
	obj, _ := fn.Object().(*types.Func)
	return isWeighted(obj, "Release")
}

// allTake returns where somebody takes h's lock on the way to giving a permit back,
// and where that is, if all do, in other functions than the one that waits.
func (j *judge) allTake(w *wait, h lockset.Held, returns []*model.Op) (taken, at *model.Op) {
	for _, r := range returns {
		if r.Func.Decl() == w.op.Func.Decl() || r.Func.Decl() == w.from.Decl() {
			return nil, nil
		}
		if taken = j.onWay(r, h); taken == nil {
			return nil, nil
		}
		at = r
	}
	return taken, at
}

// addPermit reports a wait for a permit.
func (j *judge) addPermit(w *wait, h lockset.Held, taken, at *model.Op) {
	what := w.what()
	if w.op.Action == model.CallWait {
		what = w.op.Name()
	}
	message := fmt.Sprintf("%s is held across %s, but who gives a permit back takes %s first (%s); acquire it before", h.Name, what, lockset.LockName(taken), where(j, w, taken))
	steps := append(j.steps(w),
		report.Step(taken.Pos, "%s takes %s here", taken.Func.Name(), lockset.LockName(taken)),
		report.Step(at.Pos, "and only then gives back here"))
	j.report.Add(report.Finding{Rule: lockDeadlock, Pos: w.pos(), Message: clip(message, lockDeadlock), Related: steps, Defect: w.defect()})
}
