package lockset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/flow"
	"github.com/asynclint/asynclint/internal/model"
)

// Fact is what is known of one lock at one point.
type Fact struct {
	Atoms     Atoms
	Pos       token.Pos   // the earliest place that may have locked it
	By        *model.Func // the callee that did, or nil
	Assumed   bool        // held on entry, by convention
	First     bool        // on every path here, the first thing done to it was to take it, unless a callee gave up before
	Always    bool        // … whatever callees did
	FirstRead bool        // … for reading
	FirstPos  token.Pos
}

// Solution holds what is known of every lock at every point of one function.
type Solution struct {
	pl    *plan
	given *choice // what is taken for granted, or nil
	entry []Fact
	flow  *flow.Result[[]Fact] // nil if there are no locks
}

// untouched is what is known of a lock on entry.
func untouched() Fact { return Fact{Atoms: entryOnly} }

// solve runs the plan from an entry with the given locks held.
func (pl *plan) solve(held []Held) *Solution { return pl.solveGiven(held, nil) }

// solveGiven is solve where a condition is known to come out one way.
func (pl *plan) solveGiven(held []Held, given *choice) *Solution {
	for _, h := range held {
		pl.number(lockID{place: h.Place, class: h.Class, name: h.Name, value: h.Value})
	}
	sol := &Solution{pl: pl, given: given, entry: make([]Fact, len(pl.locks))}
	for n := range sol.entry {
		sol.entry[n] = untouched()
	}
	for _, h := range held {
		s := relockedW
		if h.Mode == Read {
			s = relockedR
		}
		sol.entry[pl.index[h.Place]] = Fact{Atoms: atom(s, nothing), Pos: h.Pos, By: h.By, Assumed: h.Assumed}
	}
	if len(sol.entry) == 0 {
		return sol // nothing to know
	}
	sol.flow = flow.Solve(pl.f.SSA, flow.Problem[[]Fact]{
		Entry: sol.entry,
		Join:  joinAll,
		Equal: slices.Equal[[]Fact],
		Block: sol.block,
		Edge:  sol.edge,
		Skip:  given.excludes,
	})
	return sol
}

// joinAll joins what two paths know, lock by lock.
func joinAll(a, b []Fact) []Fact {
	out := slices.Clone(a)
	for n := range out {
		out[n] = join(a[n], b[n])
	}
	return out
}

// join is a union for the atoms and an intersection for what must be so; of
// two positions the earlier is kept, which makes it commutative.
func join(a, b Fact) Fact {
	out := Fact{Atoms: a.Atoms | b.Atoms, Assumed: a.Assumed && b.Assumed, First: a.First && b.First, Always: a.Always && b.Always, FirstRead: a.FirstRead || b.FirstRead}
	out.Pos, out.By = a.Pos, a.By
	if !a.Pos.IsValid() || b.Pos.IsValid() && b.Pos < a.Pos {
		out.Pos, out.By = b.Pos, b.By
	}
	out.FirstPos = a.FirstPos
	if !a.FirstPos.IsValid() || b.FirstPos.IsValid() && b.FirstPos < a.FirstPos {
		out.FirstPos = b.FirstPos
	}
	return out
}

// block replays a block's events.
func (sol *Solution) block(b *ssa.BasicBlock, in []Fact) []Fact {
	return sol.replay(b, in, len(b.Instrs))
}

// replay returns what is known before the instruction with index end.
func (sol *Solution) replay(b *ssa.BasicBlock, in []Fact, end int) []Fact {
	events := sol.pl.events[b]
	if len(events) == 0 || events[0].index >= end {
		return in
	}
	out := slices.Clone(in)
	for _, e := range events {
		if e.index >= end {
			break
		}
		sol.pl.apply(e, out)
	}
	return out
}

// edge adds what the outcome of TryLock says on each side of a branch.
func (sol *Solution) edge(from, to *ssa.BasicBlock, out []Fact) []Fact {
	if len(sol.pl.tries) == 0 || len(from.Instrs) == 0 {
		return out
	}
	br, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return out
	}
	cond, taken := br.Cond, from.Succs[0]
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, taken = not.X, from.Succs[1]
	}
	e, ok := sol.pl.tries[cond]
	if !ok || to != taken {
		return out
	}
	out = slices.Clone(out)
	sol.pl.apply(e, out)
	return out
}

// apply carries out one event.
func (pl *plan) apply(e event, st []Fact) {
	switch e.kind {
	case onLock:
		pl.act(e, st)
	case onCall:
		for _, p := range e.effects {
			pl.call(e, p, st)
		}
	case onNew:
		st[e.lock] = untouched()
	case onMove, onForget:
		st[e.lock] = Fact{Atoms: anything}
	case onForgetAll:
		for n := range st {
			if st[n].Atoms != entryOnly {
				st[n] = Fact{Atoms: anything}
			}
		}
	case onExit:
		for n := range st {
			st[n].Atoms = st[n].Atoms.do(doExit)
		}
	}
}

// act carries out one operation on one lock.
func (pl *plan) act(e event, st []Fact) {
	v := &st[e.lock]
	if e.act == doUnlock && !v.Atoms.some(lockedW, lockedR, relockedW, relockedR) {
		pl.forgetClass(e.lock, st)
	}
	if e.act == doLock || e.act == doRLock {
		v.take(e)
	}
	v.Atoms = v.Atoms.do(e.act)
	if e.act == doUnlock {
		v.Pos, v.By, v.Assumed = token.NoPos, nil, false
	}
}

// take notes where a lock is taken.
func (v *Fact) take(e event) {
	if v.Atoms == entryOnly && !v.First {
		v.First, v.Always, v.FirstRead, v.FirstPos = true, true, e.act == doRLock, e.pos
	}
	if !v.Atoms.IsHeld() {
		v.Pos, v.By, v.Assumed = e.pos, e.by, false
	}
}

// forgetClass gives up what is known of other locks of a lock's class: the one
// that is unlocked may be any of them.
func (pl *plan) forgetClass(n int, st []Fact) {
	id := pl.locks[n]
	for m := range st {
		if m != n && m < len(pl.locks) && pl.locks[m].class == id.class && (id.class != nil || pl.locks[m].weak) {
			pl.forgetHeld(m, st)
		}
	}
}

// forgetHeld gives up one lock if it may be held.
func (pl *plan) forgetHeld(m int, st []Fact) {
	if st[m].Atoms.some(lockedW, lockedR, relockedW, relockedR) {
		st[m] = Fact{Atoms: st[m].Atoms | anything}
	}
}

// call carries out a callee's effect on one lock.
func (pl *plan) call(e event, p placed, st []Fact) {
	if p.lock < 0 {
		for m := range st {
			if m < len(pl.locks) && pl.locks[m].class == p.class {
				pl.forgetHeld(m, st)
			}
		}
		return
	}
	v := &st[p.lock]
	out := p.effect.Out
	if e.deferred {
		v.Atoms = v.Atoms.postpone(out)
		return
	}
	if out.MayBeReleased() && !v.Atoms.some(lockedW, lockedR, relockedW, relockedR) {
		pl.forgetClass(p.lock, st)
	}
	if v.Atoms == entryOnly && !v.First && p.effect.First {
		v.First, v.Always, v.FirstRead, v.FirstPos = true, p.effect.Always, p.effect.Read, e.pos
	}
	if !v.Atoms.IsHeld() && out.some(lockedW, lockedR) {
		v.Pos, v.By, v.Assumed = e.pos, e.by, false
	}
	v.Atoms = v.Atoms.compose(out)
}

// Returns calls f for every return that is not reached through a panic, with
// what is known there.
func (sol *Solution) Returns(f func(ret *ssa.Return, st []Fact)) {
	if sol.flow == nil {
		return
	}
	for _, b := range sol.pl.f.SSA.Blocks {
		if b == sol.pl.f.SSA.Recover || len(b.Instrs) == 0 {
			continue
		}
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if in, ok := sol.flow.In(b); ok {
			f(ret, sol.block(b, in))
		}
	}
}
