package lockacrossblock

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file judges calls of functions that stand for a lock operation: what they
// do to the lock is certain, on every path.

// judgeTryThrough reports a call of a function that returns what TryLock says,
// if nobody looks at it.
func (j *judge) judgeTryThrough(c *model.Call) {
	call, ok := c.Instr.(*ssa.Call)
	if !ok || len(*call.Referrers()) > 0 || !returnsTry(c.To) {
		return
	}
	j.note(report.Finding{
		Rule: ignoredTryLock, Pos: c.Pos, Defect: defect{c.Instr},
		Message: clip(calleeName(c.To)+" may fail to take the lock and nobody looks at its result; branch on it", ignoredTryLock),
	})
}

// returnsTry reports whether the one result of f is always that of a TryLock.
func returnsTry(f *model.Func) bool {
	results := 0
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == f.SSA.Recover {
			continue
		}
		if len(ret.Results) != 1 || !isTry(f, ret.Results[0]) {
			return false
		}
		results++
	}
	return results > 0
}

// isTry reports whether v is the result of a TryLock in f.
func isTry(f *model.Func, v ssa.Value) bool {
	for _, o := range f.Ops {
		if i, ok := o.Instr.(*ssa.Call); ok && ssa.Value(i) == v {
			return o.Action == model.TryLock || o.Action == model.TryRLock
		}
	}
	return false
}

// judgeDeferredTaker reports a deferred call of a function that takes a lock and
// leaves it taken: one that returns how to unlock, which is dropped, or one that
// runs with the lock held already.
func (j *judge) judgeDeferredTaker(c *model.Call) {
	for _, eff := range j.locks.SummaryOf(c.To).Effects {
		place, name, ok := j.locks.Through(c, eff)
		if !ok || !eff.Leaves() {
			continue
		}
		if returnsUnlock(c.To) {
			j.addDropped(c.Instr, c.Pos, calleeName(c.To), name)
			return
		}
		v, ok := j.locks.FactAt(c.From, c.Instr, place)
		if !ok || !v.Atoms.IsHeld() || v.Assumed || v.Atoms.WillUnlock() || j.locks.IsLoose(c.From, place) || j.isUnlockedLater(c, eff.Class) {
			continue
		}
		j.addDeferredTaker(c, eff, name, v)
		return
	}
}

// judgeDropped reports a deferred call of a function of another package that takes
// a lock and returns how to give it back, which nobody calls.
func (j *judge) judgeDropped(c lockset.Foreign) {
	for _, l := range c.Locks {
		if c.Deferred && l.Lent {
			j.addDropped(c.Instr, c.Pos, symbol.Of(c.Callee).Short(), l.Name)
			return
		}
	}
}

// returnsUnlock reports whether f's only result is a function without
// parameters and results.
func returnsUnlock(f *model.Func) bool {
	results := f.SSA.Signature.Results()
	if results.Len() != 1 {
		return false
	}
	sig, ok := results.At(0).Type().Underlying().(*types.Signature)
	return ok && sig.Params().Len() == 0 && sig.Results().Len() == 0
}

// isUnlockedLater reports whether a lock of a class may be unlocked between a
// defer statement and the end of its function.
func (j *judge) isUnlockedLater(c *model.Call, class types.Object) bool {
	for _, o := range j.locks.Ops(class) {
		isUnlock := o.Action == model.Unlock || o.Action == model.RUnlock
		if isUnlock && o.Func.Decl() == c.From.Decl() && (o.Func != c.From || c.From.MayFollow(c.Instr, o.Instr)) {
			return true
		}
	}
	for _, x := range c.From.Calls {
		if x != c && c.From.MayFollow(c.Instr, x.Instr) && j.mayTouch(x.To)[class] {
			return true
		}
	}
	return false
}

// addDropped reports "defer s.lock()" where "defer s.lock()()" is meant.
func (j *judge) addDropped(at ssa.CallInstruction, pos token.Pos, callee, name string) {
	f := report.Finding{
		Rule: deferLock, Pos: pos, Defect: defect{at},
		Message: clip("deferred "+callee+" locks "+name+" at the end and drops the unlock it returns; call that too: defer …()()", deferLock),
	}
	if call := j.CallSyntax(at); call != nil {
		f.Unsafe = &analysis.SuggestedFix{
			Message:   "Lock now and defer the unlock",
			TextEdits: []analysis.TextEdit{replace(call.End(), call.End(), "()")},
		}
	}
	j.note(f)
}

// addDeferredTaker reports a deferred function that takes a lock that is held
// already, where the one that gives it back is meant.
func (j *judge) addDeferredTaker(c *model.Call, eff lockset.Effect, name string, v lockset.Fact) {
	pos := c.Pos
	if c.To.Obj == nil && eff.Pos.IsValid() {
		pos = eff.Pos
	}
	j.note(report.Finding{
		Rule: deferLock, Pos: pos, Defect: defect{c.Instr},
		Message: clip("deferred, "+calleeName(c.To)+" takes "+name+", which is held already (locked "+j.report.Where(pos, v.Pos)+"); unlock there", deferLock),
		Related: []analysis.RelatedInformation{report.Step(v.Pos, "%s is locked here", name)},
	})
}
