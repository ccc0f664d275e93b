package verify

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// This file finds the proofs that rest on what the program, or its author, knows
// better than the run: numbers it has chosen, conditions it has guessed.

// isGuess reports whether a proof rests on numbers that the run has chosen one
// by one, or on a condition that it has guessed.
func (p *proof) isGuess(st *Stuck, c cause) bool {
	g := p.st.gs[c.g]
	if g.waitedForTimer() {
		return true
	}
	if st.Abandon == nil && p.st.trusts(g) || p.st.countsOut(g) || g.guessesCond() {
		return true
	}
	return slices.ContainsFunc(c.circle, func(i int) bool { return p.st.trusts(p.st.gs[i]) || p.st.gs[i].guessesCond() })
}

// waitedForTimer reports whether a goroutine waits in a select with a timer that has
// fired: what it does then is for the rules about timers.
func (g *gor) waitedForTimer() bool {
	return slices.ContainsFunc(g.intents(), func(c pending) bool { return c.once })
}

// countsOut reports whether a goroutine sends on a channel of computed capacity as
// often as a comparison of numbers says that the run knows nothing of.
func (s *state) countsOut(g *gor) bool {
	return g.sendsSized(s) && slices.ContainsFunc(g.stack, func(f *frame) bool { return f.measured })
}

// guessesCond reports whether a goroutine waits for a condition of which the run
// does not know that it does not hold.
func (g *gor) guessesCond() bool { return g.at.action == model.CondWait && g.top().guessed }

// trusts reports whether a goroutine sends on a channel whose computed capacity
// may well be the sum of several numbers that the run has chosen one by one.
func (s *state) trusts(g *gor) bool {
	return s.sizes > 1 && g.sendsSized(s)
}

// sendsSized reports whether a goroutine sends on a channel of computed capacity.
func (g *gor) sendsSized(s *state) bool {
	return slices.ContainsFunc(g.intents(), func(c pending) bool {
		ch, ok := c.on.(chanRef)
		return ok && c.action == model.Send && s.objs[ch.obj] != nil && s.objs[ch.obj].sized
	})
}

// isWeak reports whether a proof rests on what only the author knows: that the
// root's own receive finds nothing because a callee chose not to send, or that
// a test would hang at its own channel. Who waits in a circle has no choice.
func (s *search) isWeak(st *Stuck, p *proof) bool {
	if st.Goroutine != nil {
		return false
	}
	switch st.Kind {
	case AbandonedReceiver:
		chose := st.Abandon == nil && st.Endless == nil && len(st.With) == 0 && st.Op.Action != model.CondWait
		return chose && !s.isDecided(p, st) || testRank(st.Root) > 0
	case AbandonedSender:
		return testRank(st.Root) > 0
	}
	return false
}

// isDecided reports whether no callee has a choice: the run never met a condition
// that it could not decide, or nothing in the package but the root itself, which is
// stuck, could serve the wait. A channel that nobody else is given is waited for on
// purpose, and so is any in main.
func (s *search) isDecided(p *proof, st *Stuck) bool {
	if s.isMain || st.Made != nil && !isHandedOn(st.Made.Instr, 0) {
		return false
	}
	if !p.st.asked {
		return true
	}
	ch := st.Op.Chan
	return ch.IsClosedWorld() && !slices.ContainsFunc(servers(ch, types.RecvOnly), func(o *model.Op) bool { return o.Func != s.root })
}

// isHandedOn reports whether a channel goes anywhere but into receives of the
// function that makes it, to a bounded depth.
func isHandedOn(v ssa.Value, depth int) bool {
	return depth > 4 || slices.ContainsFunc(*v.Referrers(), func(u ssa.Instruction) bool {
		switch u := u.(type) {
		case *ssa.DebugRef, *ssa.Select:
			return false
		case *ssa.UnOp:
			return u.Op == token.MUL && isHandedOn(u, depth+1)
		case *ssa.Store:
			a, ok := u.Addr.(*ssa.Alloc)
			return u.Val == v && (!ok || isHandedOn(a, depth+1))
		case *ssa.ChangeType:
			return isHandedOn(u, depth+1)
		case *ssa.Phi:
			return isHandedOn(u, depth+1)
		}
		return true
	})
}
