package verify

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file says through which locks a proof goes: who waits for one, who has
// taken it, and what became of that one. It is read off the run's log, so it
// must be so; only which of several readers is named is a choice.

// Hold is one lock of a proof, seen from a goroutine that waits for it for ever.
type Hold struct {
	Wants  *model.Op    // where it waits for the lock; a Wait on a condition has to take its lock again
	By     *model.Spawn // which goroutine waits; nil for the root function's own
	Taken  *model.Op    // where the lock was taken
	Owner  *model.Spawn // who took it
	Then   *model.Op    // where the owner is stuck itself; nil if it has ended
	InTurn bool         // the owner would unlock it if it were not stuck
	Self   bool         // the owner is the one who waits, or reads and wants to read again with that one in between
	Left   token.Pos    // the return by which the owner left it locked; NoPos if it is stuck
	Leave  *model.Func  // the function that returns there
	Via    *Via         // the call in which it waits, if another function took it; else nil
}

// Via is a call in which a goroutine waits.
type Via struct {
	Pos  token.Pos
	From *model.Func
	To   *model.Func
}

// tenure is a lock in somebody's hands.
type tenure struct {
	taken *step
	ended bool      // its goroutine has returned
	left  token.Pos // where the function that took it returned, or its goroutine
	leave *model.Func
}

// readHolds notes the locks of a proof: those for which the goroutine of a cause
// and those in a circle with it wait.
func (s *search) readHolds(st *Stuck, log []*step, p *proof, c cause) {
	all := append([]int{c.g}, c.circle...)
	for _, i := range all {
		g := p.st.gs[i]
		r, ok := g.at.on.(ref)
		if !ok || g.op() == nil || g.at.action != model.Lock && g.at.action != model.RLock {
			continue
		}
		h := behindWriter(p.st, i, r)
		if h == nil {
			h = holdOf(p.st, i, tenures(log, r))
		}
		if h == nil {
			continue
		}
		h.InTurn = slices.ContainsFunc(all, func(k int) bool { return p.st.gs[k].op() == h.Then })
		st.Locks = append(st.Locks, *h)
	}
}

// behindWriter describes the lock for which reader i waits because a writer came
// before it; nil if that is not why.
func behindWriter(st *state, i int, lock ref) *Hold {
	if st.gs[i].at.action != model.RLock {
		return nil
	}
	for _, w := range st.gs {
		if w != nil && w.ready && w.at.stage == queued && w.at.on == value(lock) && w.op() != nil {
			return &Hold{Wants: st.gs[i].op(), By: st.gs[i].spawn, Taken: w.op(), Owner: w.spawn, Then: w.op()}
		}
	}
	return nil
}

// holdOf describes the lock for which goroutine i waits, by one of those who have
// it; nil if nobody in view has.
func holdOf(st *state, i int, all []*tenure) *Hold {
	if len(all) == 0 {
		return nil
	}
	t := all[0]
	if k := slices.IndexFunc(all, func(t *tenure) bool { return !t.ended }); k >= 0 {
		t = all[k]
	}
	if t.taken.lock == nil {
		return nil
	}
	h := &Hold{Via: st.gs[i].calledFrom(t.taken.lock.Func), Wants: st.gs[i].op(), By: st.gs[i].spawn, Taken: t.taken.lock, Owner: t.taken.who}
	switch owner := st.gs[t.taken.g]; {
	case t.ended:
		h.Left, h.Leave = t.left, t.leave
	case owner == nil:
		return nil
	default:
		h.Self, h.Then = t.taken.g == i || owner.at.action == model.RLock && owner.at.on == st.gs[i].at.on, owner.op()
	}
	return h
}

// tenures replays a run and returns who has a lock at its end: one writer, or
// readers in the order of their coming.
func tenures(log []*step, lock ref) (held []*tenure) {
	for _, l := range log {
		switch {
		case l.kind == stepReturn || l.kind == stepLeave:
			for _, t := range held {
				t.leaves(l)
			}
		case l.op == nil || l.op.on != value(lock) || l.way.kind == byQueue:
		case l.kind == stepFree || l.op.action == model.Unlock || l.op.action == model.RUnlock:
			held = freed(held, l)
		case l.op.action == model.Lock || l.op.action == model.RLock:
			held = append(held, &tenure{taken: l})
		case l.op.action == model.TryLock && len(held) == 0,
			l.op.action == model.TryRLock && !slices.ContainsFunc(held, (*tenure).isWriter):
			held = append(held, &tenure{taken: l})
		}
	}
	return held
}

// calledFrom returns the call of the function in which g stands, unless it is f;
// nil if it is not called from code in view.
func (g *gor) calledFrom(f *model.Func) *Via {
	op := g.op()
	for k := len(g.stack) - 1; k > 0; k-- {
		at, from := g.stack[k], g.stack[k-1]
		call, ok := at.call.(ssa.CallInstruction)
		if ok && at.code.model == op.Func && op.Func != f && from.code.model != nil {
			return &Via{from.code.model.Pkg.CallPos(call), from.code.model, op.Func}
		}
	}
	return nil
}

// lockOp returns the model's view of the operation at which g stands if it may
// take a lock, else nil.
func (g *gor) lockOp() *model.Op {
	switch g.at.action {
	case model.Lock, model.RLock, model.TryLock, model.TryRLock:
		return g.op()
	}
	return nil
}

// isWriter reports whether a lock is held for writing.
func (t *tenure) isWriter() bool {
	return t.taken.op.action == model.Lock || t.taken.op.action == model.TryLock
}

// leaves notes the return of the function that took the lock, or else that of its
// goroutine.
func (t *tenure) leaves(l *step) {
	if t.ended || l.g != t.taken.g {
		return
	}
	t.ended = l.kind == stepReturn
	if f := l.code.model; f != nil && t.leave == nil && (t.ended || t.taken.lock != nil && f == t.taken.lock.Func) {
		t.left, t.leave = l.pos(), l.code.model
	}
}

// freed removes whom an unlock frees: the one who unlocks, if it has the lock, else
// the first.
func freed(held []*tenure, l *step) []*tenure {
	if len(held) == 0 {
		return nil
	}
	k := slices.IndexFunc(held, func(t *tenure) bool { return t.taken.g == l.g && !t.ended })
	k = max(k, 0)
	return slices.Delete(slices.Clone(held), k, k+1)
}
