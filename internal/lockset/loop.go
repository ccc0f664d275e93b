package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// Again is a lock that a turn of a loop leaves held and the next turn takes.
type Again struct {
	Op   *model.Op
	Held Held
	From *ssa.BasicBlock // the end of the path that leaves it held
	Late bool            // an Unlock is deferred, but runs only when the function ends
	Next bool            // the next turn takes that of another object, and nobody has this one any more
}

// TakenAgain finds locks of f that one path through a loop leaves held, for
// certain, and that the next turn takes again without an unlock in between. A
// path that depends on a further condition is left alone: it may be the same
// condition that keeps both apart.
func (ix *Index) TakenAgain(f *model.Func) []Again {
	sol := ix.SolutionOf(f)
	var out []Again
	for _, o := range f.Ops {
		if !IsAcquire(o) || o.Deferred || !f.Reaches(o.Block(), o.Block()) {
			continue
		}
		place, ok := ix.PlaceAt(o)
		n, known := sol.pl.index[place]
		if !ok || !known || n >= len(sol.entry) || sol.pl.locks[n].loose {
			continue
		}
		target, isNext := sol.renewal(o, n)
		if target == nil {
			continue
		}
		if from, v := sol.comesRound(f, o, n, target); from != nil && (!isNext || !v.Atoms.WillUnlock()) {
			out = append(out, Again{o, sol.held(n, v), from, v.Atoms.WillUnlock(), isNext})
		}
	}
	return out
}

// renewal returns where the next turn of a loop comes to lock n again: at the
// operation itself, or, for the lock of an element, where the next element is read.
// It is nil for what changes on other ways, and where several such locks are
// unlocked, of which one may be this.
func (sol *Solution) renewal(o *model.Op, n int) (target ssa.Instruction, isNext bool) {
	id := sol.pl.locks[n]
	if !id.weak {
		return o.Instr, false
	}
	root, ok := id.place.Root.(ssa.Instruction)
	if !ok || !isStable(id) || !root.Block().Dominates(o.Block()) {
		return nil, false
	}
	for m, other := range sol.pl.locks {
		if m != n && (other.class == id.class || other.class == nil) {
			return nil, false
		}
	}
	return root, true
}

// comesRound looks for an edge on which the lock taken by o is certainly held,
// that joins paths on which it is not, and that leads back to o.
func (sol *Solution) comesRound(f *model.Func, o *model.Op, n int, target ssa.Instruction) (*ssa.BasicBlock, Fact) {
	for _, p := range f.SSA.Blocks {
		in, ok := sol.flow.In(p)
		if !ok || p != o.Block() && !f.Reaches(o.Block(), p) {
			continue
		}
		out := sol.block(p, in)
		for _, q := range p.Succs {
			v := sol.edge(p, q, out)[n]
			at, _ := sol.flow.In(q)
			if v.Atoms.IsHeldHere() && v.Pos == o.Pos && !at[n].Atoms.IsHeld() && sol.leadsTo(p, q, o, n, target) {
				return p, v
			}
		}
	}
	return nil, Fact{}
}

// leadsTo reports whether control goes from q to where o comes round without touching the lock and
// without a choice other than whether the loop goes on.
func (sol *Solution) leadsTo(p, q *ssa.BasicBlock, o *model.Op, n int, target ssa.Instruction) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	work := []*ssa.BasicBlock{q}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		switch first := sol.firstOn(b, n); {
		case first == target:
			return true
		case first != nil:
			continue
		}
		isHead := b.Dominates(o.Block()) && b.Dominates(p) || b.Comment == "rangeint.loop" // which tests at its end
		if len(b.Succs) == 1 || isHead {
			work = append(work, b.Succs...)
		}
	}
	return false
}

// firstOn returns the first instruction of b that concerns lock n, or nil.
func (sol *Solution) firstOn(b *ssa.BasicBlock, n int) ssa.Instruction {
	for _, e := range sol.pl.events[b] {
		switch e.kind {
		case onForgetAll:
			return e.instr
		case onCall:
			for _, p := range e.effects {
				if p.lock == n || p.lock < 0 {
					return e.instr
				}
			}
		case onExit:
		default:
			if e.lock == n {
				return e.instr
			}
		}
	}
	return nil
}
