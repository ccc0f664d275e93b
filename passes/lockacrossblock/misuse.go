package lockacrossblock

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
)

// judgeMisuse judges lock operations by themselves.
func (j *judge) judgeMisuse(f *model.Func) {
	for _, o := range f.Ops {
		switch {
		case o.Action == model.TryLock || o.Action == model.TryRLock:
			j.judgeTry(o)
		case lockset.IsAcquire(o) && o.Deferred:
			j.judgeDeferred(o)
		}
	}
	for _, c := range f.AllCalls() {
		if c.Deferred {
			j.judgeDeferredTaker(c)
		}
		j.judgeTryThrough(c)
	}
	for _, c := range j.locks.ForeignCalls(f) {
		j.judgeDropped(c)
	}
}

// judgeTry reports a TryLock whose outcome nobody looks at.
func (j *judge) judgeTry(o *model.Op) {
	if call, ok := o.Instr.(*ssa.Call); ok && len(*call.Referrers()) > 0 {
		return
	}
	name := lockset.LockName(o)
	j.note(report.Finding{
		Rule:    ignoredTryLock,
		Pos:     o.Pos,
		Message: clip(name+"."+o.Callee.Name()+" may fail and nobody looks at its result; branch on it, or use "+lockVerb(o), ignoredTryLock),
		Defect:  defect{o.Instr},
	})
}

// lockVerb returns the waiting form of a TryLock.
func lockVerb(o *model.Op) string {
	if o.Action == model.TryRLock {
		return "RLock"
	}
	return "Lock"
}

// judgeDeferred reports "defer mu.Lock()" unless the lock was released before,
// so that the deferred call takes it back.
func (j *judge) judgeDeferred(o *model.Op) {
	place, ok := j.locks.PlaceAt(o)
	if !ok {
		return
	}
	v, ok := j.locks.FactAt(o.Func, o.Instr, place)
	if !ok || v.Atoms.MayBeReleased() || v.Atoms.MayBeFree() || j.isUnlockedAfter(o) {
		return
	}
	name := lockset.LockName(o)
	f := report.Finding{Rule: deferLock, Pos: o.Pos, Defect: defect{o.Instr}}
	if v.Atoms.IsHeld() {
		f.Message = "deferred " + name + "." + o.Callee.Name() + " takes a lock that is held already (locked " + j.report.Where(o.Pos, v.Pos) + "); defer " + unlockName(o)
		f.Related = []analysis.RelatedInformation{report.Step(v.Pos, "%s is locked here", name)}
		f.Fix = j.deferUnlock(o)
	} else {
		f.Message = "deferred " + name + "." + o.Callee.Name() + " leaves the lock held when " + o.Func.Name() + " returns; defer " + unlockName(o)
	}
	f.Message = clip(f.Message, deferLock)
	j.note(f)
}

// isUnlockedAfter reports whether the function of a deferred Lock, or a literal
// in it, unlocks anything of the same class otherwise than by defer.
func (j *judge) isUnlockedAfter(o *model.Op) bool {
	for _, x := range j.locks.Ops(o.Class) {
		isUnlock := x.Action == model.Unlock || x.Action == model.RUnlock
		if isUnlock && !x.Deferred && x.Func.Decl() == o.Func.Decl() && (x.Func != o.Func || o.Func.MayFollow(o.Instr, x.Instr)) {
			return true
		}
	}
	return false
}

// unlockName returns the counterpart of a lock operation.
func unlockName(o *model.Op) string {
	if o.Action == model.RLock || o.Action == model.TryRLock {
		return "RUnlock"
	}
	return "Unlock"
}

// deferUnlock turns the deferred Lock into an Unlock.
func (j *judge) deferUnlock(o *model.Op) *analysis.SuggestedFix {
	sel, ok := ast.Unparen(o.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   "Defer " + unlockName(o),
		TextEdits: []analysis.TextEdit{replace(sel.Sel.Pos(), sel.Sel.End(), unlockName(o))},
	}
}

// replace is one edit.
func replace(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
}
