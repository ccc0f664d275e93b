package lockacrossblock

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/symbol"
)

// This file reports locks that are taken again while they are held. Both the
// holding and, in functions that are called, the taking are certain: it happens
// on every path, to the same place, and no pointer on the way can have changed.

// judgeRelocks judges the operations and calls of f that take locks.
func (j *judge) judgeRelocks(f *model.Func) {
	for _, o := range f.Ops {
		if !lockset.IsAcquire(o) || o.Deferred {
			continue
		}
		if place, ok := j.locks.PlaceAt(o); ok {
			v, ok := j.locks.FactAt(f, o.Instr, place)
			if ok && j.isSureOf(f, place, v) && j.deadlocks(v, o.Action == model.RLock, o.Class) {
				j.addRelock(o, place, v)
			}
		}
	}
	j.judgeBackHere(f)
	for _, c := range f.AllCalls() {
		if !j.locks.RunsInPlace(c.To) {
			j.judgeRelockThrough(c)
		}
	}
	for _, h := range j.locks.HandedOver(f) {
		j.judgeHanded(h)
	}
	for _, c := range j.locks.ForeignCalls(f) {
		j.judgeRelockForeign(f, c)
	}
}

// judgeHanded judges a function that is handed to one which calls it under a lock.
func (j *judge) judgeHanded(x lockset.Handed) {
	for _, eff := range j.locks.SummaryOf(x.Call.To).Effects {
		place, name, ok := j.locks.Through(x.Call, eff)
		if !ok || !eff.First || eff.Loose || j.locks.IsLoose(x.Call.From, place) {
			continue
		}
		for _, h := range x.Held {
			isRead := eff.Read && h.Mode == lockset.Read
			if h.Place == place && !h.Assumed && (!isRead || h.By == nil && j.hasWriter(eff.Class)) {
				j.addRelockCall(x.Call.Instr, x.Call.Pos, calleeName(x.Call.To), eff, name, h.Pos, eff.Pos, false)
			}
		}
	}
}

// judgeRelockForeign judges a call of a method of another package that takes a
// lock of its receiver first thing.
func (j *judge) judgeRelockForeign(f *model.Func, c lockset.Foreign) {
	for _, l := range c.Locks {
		v, ok := j.locks.FactAt(f, c.Instr, l.Place)
		if !ok || !l.Effect.First || c.Deferred && !v.Atoms.WillUnlock() || !j.isSureOf(f, l.Place, v) || !j.deadlocks(v, l.Effect.Read, l.Effect.Class) {
			continue
		}
		j.addRelockCall(c.Instr, c.Pos, symbol.Of(c.Callee).Short(), l.Effect, l.Name, v.Pos, c.Callee.Pos(), c.Deferred)
	}
}

// isSureOf reports whether a lock is certainly held and certainly the same.
func (j *judge) isSureOf(f *model.Func, place model.Place, v lockset.Fact) bool {
	return v.Atoms.IsHeld() && !v.Assumed && !j.locks.IsLoose(f, place)
}

// deadlocks reports whether taking a lock again stops the goroutine: always,
// but a second read lock only if a writer may be waiting in between, and not if
// the first was taken by a callee that hands read locks out.
func (j *judge) deadlocks(v lockset.Fact, reading bool, class types.Object) bool {
	return !reading || !v.Atoms.IsReadHeld() || v.By == nil && j.hasWriter(class)
}

// hasWriter reports whether anything in the package locks class for writing.
func (j *judge) hasWriter(class types.Object) bool {
	for _, o := range j.locks.Ops(class) {
		if o.Action == model.Lock {
			return true
		}
	}
	return false
}

// addRelock reports an operation that takes a lock again.
func (j *judge) addRelock(o *model.Op, place model.Place, v lockset.Fact) {
	name := lockset.LockName(o)
	since := j.report.Where(o.Pos, v.Pos)
	message := fmt.Sprintf("%s is locked again while it is held (locked %s); this waits for ever", name, since)
	switch reading := o.Action == model.RLock; {
	case v.Atoms.IsReadHeld() && reading:
		message = fmt.Sprintf("%s is read-locked again while it is held (locked %s); a writer in between stops both", name, since)
	case v.Atoms.IsReadHeld():
		message = fmt.Sprintf("%s is locked while its read lock is held (locked %s); RUnlock first", name, since)
	case reading:
		message = fmt.Sprintf("%s is read-locked while it is held (locked %s); this waits for ever", name, since)
	}
	j.note(report.Finding{
		Rule: doubleLock, Pos: o.Pos, Defect: defect{o.Instr},
		Message: clip(message, doubleLock),
		Related: []analysis.RelatedInformation{report.Step(v.Pos, "%s is locked here", name)},
	})
}

// judgeRelockThrough judges a call of a function that takes a lock first thing,
// on every path. A deferred call finds held what a call deferred before it is
// to unlock.
func (j *judge) judgeRelockThrough(c *model.Call) {
	for _, eff := range j.locks.SummaryAt(c).Effects {
		if !eff.First || eff.Loose || c.Value != nil && !c.Sole && !c.Each {
			continue
		}
		place, name, ok := j.locks.Through(c, eff)
		if !ok {
			continue
		}
		v, ok := j.locks.FactAt(c.From, c.Instr, place)
		if !ok || c.Deferred && !v.Atoms.WillUnlock() || !j.isSureOf(c.From, place, v) || !j.deadlocks(v, eff.Read, eff.Class) {
			continue
		}
		j.addRelockCall(c.Instr, c.Pos, calleeOf(c), eff, name, v.Pos, eff.Pos, c.Deferred)
	}
}

// addRelockCall reports a call that takes a lock again; again is where, or the
// function of another package that does.
func (j *judge) addRelockCall(at ssa.Instruction, pos token.Pos, callee string, eff lockset.Effect, name string, since, again token.Pos, deferred bool) {
	word := "locks"
	if eff.Read {
		word = "read-locks"
	}
	advice := "unlock before the call"
	if deferred {
		advice = "it runs before the deferred unlock"
	}
	message := fmt.Sprintf("%s %s %s, which is held already (locked %s); %s", callee, word, name, j.report.Where(pos, since), advice)
	related := []analysis.RelatedInformation{report.Step(since, "%s is locked here", name)}
	if again.IsValid() {
		related = append(related, report.Step(again, "%s locks it again here", callee))
	}
	j.note(report.Finding{Rule: doubleLock, Pos: pos, Defect: defect{at}, Message: clip(message, doubleLock), Related: related})
}
