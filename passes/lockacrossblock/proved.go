package lockacrossblock

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynclint/asynclint/internal/lockset"
	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/report"
	"github.com/asynclint/asynclint/internal/verify"
)

// This file puts the model checker's proofs about locks into words: somebody waits
// for ever for a lock, because who has it waits for him, for itself, or has gone.
// What the other files have found about the same lock and the same wait is the
// same defect: it speaks, and the proof's run is its explanation. It judges
// nothing; what the proofs approximate is said in package verify.

// note keeps a finding until the proofs have been heard.
func (j *judge) note(f report.Finding) { j.found = append(j.found, f) }

// flush hands over what was found.
func (j *judge) flush() error {
	for _, f := range j.found {
		j.report.Add(f)
	}
	return j.report.Flush()
}

// judgeProved reports the proofs that go through a lock.
func (j *judge) judgeProved(r *verify.Result) {
	for _, st := range r.Stuck {
		if len(st.Locks) == 0 {
			continue
		}
		sites, strict := sitesOf(st), j.IsTestFile(st.Root.Syntax.Pos())
		switch k := slices.IndexFunc(j.found, sites.isSaidBy); {
		case k >= 0 && strict:
		case k >= 0:
			j.found[k].Related = provedSteps(st)
		default:
			j.addProved(st, sites, strict)
		}
	}
}

// addProved reports a proof that says something new.
func (j *judge) addProved(st *verify.Stuck, s sites, strict bool) {
	h := clearest(st)
	var f report.Finding
	switch rank := rankOf(h); {
	case rank == ownAgain:
		f = j.provedAgain(h)
	case rank == inCircle || h.Then != nil && !lockset.IsLockOp(h.Then) && j.mustHold(h.Then, h.Taken):
		f = j.provedCircle(st, h)
	case rank == inOrder && h.Then.Class == h.Taken.Class && isSorted(h.Then.Func):
		return
	case rank == inOrder:
		f = j.provedOrder(st, h)
	case isPaired(h.Taken):
		return
	default:
		f = j.provedLeft(h)
	}
	f.Related, f.Strict = provedSteps(st), strict
	j.note(j.takeOver(f, s))
}

// mustHold reports whether a lock taken in the same function is held on every path
// to an operation.
func (j *judge) mustHold(at, taken *model.Op) bool {
	return slices.ContainsFunc(j.locks.HeldAt(at.Func, at.Instr), func(h lockset.Held) bool { return h.Pos == taken.Pos })
}

// isPaired reports whether a lock is taken on some paths only and unlocked on some
// only that come together in between: the same question may decide both.
func isPaired(taken *model.Op) bool {
	return slices.ContainsFunc(taken.Func.Ops, func(o *model.Op) bool {
		isUnlock := o.Action == model.Unlock || o.Action == model.RUnlock
		return isUnlock && !o.Deferred && o.Class == taken.Class && !taken.Block().Dominates(o.Block()) && taken.Func.MayFollow(taken.Instr, o.Instr)
	})
}

// sites are the places of a proof: where its locks were taken, and where
// goroutines wait for ever.
type sites struct{ taken, waits []token.Pos }

// sitesOf lists the places of a proof.
func sitesOf(st *verify.Stuck) (s sites) {
	s.waits = append(s.waits, st.Op.Pos)
	for _, o := range st.With {
		s.waits = append(s.waits, o.Pos)
	}
	for _, h := range st.Locks {
		s.taken = append(s.taken, h.Taken.Pos)
	}
	return s
}

// isSaidBy reports whether a finding is about the defect of a proof, and as sure
// of it.
func (s sites) isSaidBy(f report.Finding) bool {
	if f.Strict {
		return false
	}
	switch f.Rule {
	case doubleLock, deferLock, ignoredTryLock:
		return touches(f, s.taken) || touches(f, s.waits)
	case missingUnlock:
		return touches(f, s.taken)
	case lockOrder:
		return touchesAll(f, s.taken) || touches(f, s.taken) && touches(f, s.waits)
	case lockDeadlock, waitUnderLock:
		return touches(f, s.taken) && touches(f, s.waits)
	}
	return false
}

// touchesAll reports whether a finding and its steps stand at all of some places.
func touchesAll(f report.Finding, places []token.Pos) bool {
	return !slices.ContainsFunc(places, func(p token.Pos) bool { return !touches(f, []token.Pos{p}) })
}

// touches reports whether a finding, or a step of it, stands at one of some places.
func touches(f report.Finding, places []token.Pos) bool {
	return slices.Contains(places, f.Pos) ||
		slices.ContainsFunc(f.Related, func(r analysis.RelatedInformation) bool { return slices.Contains(places, r.Pos) })
}

// takeOver makes the weaker findings about a proof's wait one defect with it. They
// know the call under which it happens, and the fix.
func (j *judge) takeOver(f report.Finding, s sites) report.Finding {
	if f.Rule != lockDeadlock && f.Rule != waitUnderLock {
		return f
	}
	same := make(map[any]bool)
	for _, weak := range j.found {
		isWeak := weak.Strict || weak.Rule == chanOpUnderLock || weak.Rule == rlockAcrossWait || weak.Rule == lockAcrossCall
		if !isWeak || weak.Defect == nil || !touches(weak, s.taken) || !touches(weak, s.waits) {
			continue
		}
		if same[weak.Defect] = true; f.Fix == nil && f.Unsafe == nil {
			f.Pos, f.Fix, f.Unsafe = weak.Pos, weak.Fix, weak.Unsafe
		}
	}
	for k := range j.found {
		if same[j.found[k].Defect] {
			j.found[k].Defect = f.Defect
		}
	}
	return f
}

// The ways in which a lock is never unlocked, the clearest first.
const (
	ownAgain   = iota // the owner waits for itself
	leftLocked        // the owner has gone, or is past all unlocks
	inCircle          // the owner waits for something else, and that for the lock
	inOrder           // the owner waits for another lock
)

// rankOf says in what way a lock is never unlocked.
func rankOf(h verify.Hold) int {
	switch {
	case h.Self:
		return ownAgain
	case h.Then == nil || !h.InTurn:
		return leftLocked
	case !lockset.IsLockOp(h.Then):
		return inCircle
	}
	return inOrder
}

// clearest returns the lock of a proof that makes it clearest.
func clearest(st *verify.Stuck) verify.Hold {
	return slices.MinFunc(st.Locks, func(a, b verify.Hold) int { return rankOf(a) - rankOf(b) })
}

// provedAgain words a goroutine that waits for a lock which it has itself.
func (j *judge) provedAgain(h verify.Hold) report.Finding {
	again := h.Then
	since := j.report.Where(again.Pos, h.Taken.Pos)
	message := fmt.Sprintf("%s is locked again while it is held (locked %s); this waits for ever", lockset.LockName(again), since)
	if again != h.Wants {
		message = fmt.Sprintf("%s is read-locked again while it is held (locked %s); a writer in between stops both", lockset.LockName(again), since)
	}
	pos := again.Pos
	if v := h.Via; v != nil && again == h.Wants && v.Pos.IsValid() {
		pos = v.Pos
		message = fmt.Sprintf("%s locks %s, which is held already (locked %s); unlock before the call", calleeName(v.To), lockset.LockName(again), j.report.Where(pos, h.Taken.Pos))
	}
	return report.Finding{Rule: doubleLock, Pos: pos, Defect: defect{again.Instr}, Message: clip(message, doubleLock)}
}

// provedLeft words a lock whose owner has gone, or is past all unlocks.
func (j *judge) provedLeft(h verify.Hold) report.Finding {
	pos, name := h.Left, lockset.LockName(h.Taken)
	if h.Then != nil {
		w := &wait{op: h.Then}
		message := fmt.Sprintf("%s may still be locked at %s (locked %s), and the next Lock (%s) waits for ever; unlock before it",
			name, w.what(), j.report.Where(h.Then.Pos, h.Taken.Pos), j.report.Where(h.Then.Pos, h.Wants.Pos))
		return report.Finding{Rule: missingUnlock, Pos: h.Then.Pos, Defect: defect{h.Then.Instr}, Message: clip(message, missingUnlock)}
	}
	if !pos.IsValid() {
		pos = h.Taken.Pos
	}
	message := fmt.Sprintf("%s is still locked at this return (locked %s), and the next Lock (%s) waits for ever; unlock before it",
		name, j.report.Where(pos, h.Taken.Pos), j.report.Where(pos, h.Wants.Pos))
	return report.Finding{Rule: missingUnlock, Pos: pos, Defect: leaving{h.Taken.Pos, pos}, Message: clip(message, missingUnlock)}
}

// provedCircle words a lock whose owner waits for somebody who needs it.
func (j *judge) provedCircle(st *verify.Stuck, h verify.Hold) report.Finding {
	rule, w := lockDeadlock, &wait{op: h.Then}
	if a := h.Then.Action; a == model.GroupWait || a == model.CondWait {
		rule = waitUnderLock
	}
	at := j.report.Where(h.Then.Pos, h.Wants.Pos)
	message := fmt.Sprintf("%s is held across %s, but %s needs %s too (%s); unlock first", lockset.LockName(h.Taken), w.what(), otherSide(h.Then), lockset.LockName(h.Wants), at)
	if len(st.With) != 1 {
		message = fmt.Sprintf("%s is held across %s, which waits in a circle with who needs %s (%s); unlock first", lockset.LockName(h.Taken), w.what(), lockset.LockName(h.Wants), at)
	}
	return report.Finding{Rule: rule, Pos: h.Then.Pos, Defect: defect{h.Then.Instr}, Message: clip(message, rule)}
}

// otherSide names who should end a wait.
func otherSide(o *model.Op) string {
	switch o.Action {
	case model.Send:
		return "its receiver"
	case model.Recv, model.RangeRecv:
		return "its sender"
	case model.GroupWait, model.GroupGo:
		return "a goroutine it waits for"
	case model.CondWait:
		return "whoever signals"
	}
	return "the other side"
}

// provedOrder words locks that are taken in different orders.
func (j *judge) provedOrder(st *verify.Stuck, h verify.Hold) report.Finding {
	pos := h.Then.Pos
	message := fmt.Sprintf("%s is locked under %s, but %s takes them the other way round (%s); agree on one order",
		lockset.LockName(h.Then), lockset.LockName(h.Taken), runs(h.Wants), j.report.Where(pos, h.Wants.Pos))
	switch {
	case h.Wants == h.Then:
		message = fmt.Sprintf("%s is locked under %s, and another call takes them the other way round; agree on one order",
			lockset.LockName(h.Then), lockset.LockName(h.Taken))
	case len(st.Locks) != 2:
		message = fmt.Sprintf("%s is locked under %s, and others close the circle (%s); agree on one order",
			lockset.LockName(h.Then), lockset.LockName(h.Taken), j.report.Where(pos, h.Wants.Pos))
	}
	return report.Finding{Rule: lockOrder, Pos: pos, Defect: defect{h.Then.Instr}, Message: clip(message, lockOrder)}
}

// runs names who runs an operation.
func runs(o *model.Op) string {
	if o.Func.Obj == nil {
		return "another goroutine"
	}
	return o.Func.Name()
}

// maxSteps bounds how many steps of a run are shown.
const maxSteps = 12

// provedSteps show the run, and who had which lock in the end.
func provedSteps(st *verify.Stuck) (steps []analysis.RelatedInformation) {
	for _, s := range st.Explain(maxSteps) {
		steps = append(steps, report.Step(s.Pos, "%s", s.Text))
	}
	for _, h := range st.Locks {
		steps = append(steps, report.Step(h.Taken.Pos, "%s, which it waits for, was taken here", lockset.LockName(h.Wants)))
	}
	return steps
}
