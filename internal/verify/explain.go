package verify

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// stepKind says what a step of a run is.
type stepKind uint8

const (
	stepSpawn stepKind = iota
	stepMove
	stepReturn
	stepLeave // a function that has taken locks returns to its caller
	stepFree  // a lock is given up
)

// step is one step of a run, linked to the one before.
type step struct {
	prev  *step
	kind  stepKind
	g     int
	who   *model.Spawn // the goroutine that makes the step; nil for the root
	spawn *model.Spawn // what a spawn starts
	code  *code
	instr ssa.Instruction
	way   way
	op    *pending
	peer  *gor
	lock  *model.Op // the model's view of a Lock or its like
}

// note adds a step to the run's log.
func (m *machine) note(st step) {
	st.prev, st.g = m.st.log, m.gi
	if g := m.st.gs[m.gi]; g != nil {
		st.who = g.spawn
	}
	m.st.log = &st
}

// addProof turns the causes of a proof into results.
func (r *Result) addProof(s *search, p *proof) {
	for _, c := range s.causes(p) {
		st := s.stuckAt(p, c)
		if st == nil || r.has(st) {
			continue
		}
		st.Fix = s.repair(st)
		r.Stuck = append(r.Stuck, st)
	}
}

// has reports whether a proof about the same operation is known already, or about
// the same circle seen from another of its goroutines. That a lock is in the way is
// another defect than that nobody comes.
func (r *Result) has(st *Stuck) bool {
	return slices.ContainsFunc(r.Stuck, func(o *Stuck) bool {
		same := o.Op == st.Op || slices.Contains(o.With, st.Op) && slices.Contains(st.With, o.Op)
		return same && (len(o.Locks) > 0) == (len(st.Locks) > 0)
	})
}

// sort orders proofs by where their operations stand.
func (r *Result) sort() {
	slices.SortStableFunc(r.Stuck, func(a, b *Stuck) int {
		return cmp.Or(cmp.Compare(a.Op.Pos, b.Op.Pos), cmp.Compare(a.Kind, b.Kind))
	})
}

// stuckAt describes one cause; nil if the source of the operation is not known.
func (s *search) stuckAt(p *proof, c cause) *Stuck {
	g := p.st.gs[c.g]
	op := g.op()
	if op == nil || len(g.awaited()) == 0 {
		return nil // select{} and nil channels wait for ever on purpose
	}
	if s.isHarness && (g.spawn != nil || s.isPool) && slices.Contains(g.awaited(), harnessChan) {
		return nil // the loop waits for the next call, or others serve the queue
	}
	if s.isPool && g.spawn == nil {
		return nil
	}
	st := &Stuck{Op: op, Goroutine: g.spawn, Root: s.root}
	for _, i := range c.circle {
		if o := p.st.gs[i].op(); o != nil {
			st.With = append(st.With, o)
		}
	}
	for _, j := range p.joins {
		if j.waits == c.g {
			st.Endless = p.st.gs[j.endless].op()
		}
	}
	st.Kind = kindOf(p, c)
	if s.isHarness && g.spawn == nil && g.at.action == model.Send {
		st.Kind = SendToStopped
	}
	s.findObject(st, p.st, g)
	if st.Kind == WaitBeforeReceive {
		for _, i := range c.circle {
			s.findObject(st, p.st, p.st.gs[i])
		}
	}
	s.trace(st, p, c)
	if s.isWeak(st, p) || p.isGuess(st, c) {
		return nil
	}
	return st
}

// isGuess reports whether a proof rests on numbers that the run has chosen one
// by one, or on a condition that it has guessed.
func (p *proof) isGuess(st *Stuck, c cause) bool {
	g := p.st.gs[c.g]
	if st.Abandon == nil && p.st.trusts(g) || p.st.countsOut(g) || g.guessesCond() {
		return true
	}
	return slices.ContainsFunc(c.circle, func(i int) bool { return p.st.trusts(p.st.gs[i]) || p.st.gs[i].guessesCond() })
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
// that it could not decide, or nothing in the package could serve the wait. A
// channel that nobody else is given is waited for on purpose, and so is any in
// main.
func (s *search) isDecided(p *proof, st *Stuck) bool {
	if s.isMain || st.Made != nil && !isHandedOn(st.Made.Instr, 0) {
		return false
	}
	if !p.st.asked {
		return true
	}
	ch := st.Op.Chan
	return ch.IsClosedWorld() && len(servers(ch, types.RecvOnly)) == 0
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

// findObject notes the first object on which a goroutine waits, unless a
// channel is known already.
func (s *search) findObject(st *Stuck, in *state, g *gor) {
	for _, i := range g.awaited() {
		if o := in.objs[i]; o != nil && o.site != nil && st.Made == nil {
			st.Object = o.site.Pos()
			st.Made = s.madeAt(o.site)
			return
		}
	}
}

// op returns the model's view of the operation at which g stands, or nil.
func (g *gor) op() *model.Op {
	if !g.ready {
		return nil
	}
	for i := len(g.stack) - 1; i >= 0; i-- {
		if o := g.stack[i].code.ops[g.at.instr]; o != nil {
			return o
		}
		if call := g.stack[i].call; call != nil && i > 0 {
			if o := g.stack[i-1].code.ops[call]; o != nil && g.stack[i].code.model == nil {
				return o
			}
		}
	}
	return nil
}

// kindOf says in what way the goroutine of a cause is stuck.
func kindOf(p *proof, c cause) Kind {
	g := p.st.gs[c.g]
	alone := g.spawn == nil && !everSpawned(p.st.log)
	switch g.at.action {
	case model.GroupWait, model.GroupGo:
		if isCircleWithChan(p, c) {
			return WaitBeforeReceive
		}
		return GroupNeverDone
	case model.Lock, model.RLock:
		return LockDeadlock
	case model.Send:
		if alone {
			return BufferOverfill
		}
		return AbandonedSender
	case model.SelectWait:
		if len(g.at.cases) > 0 && g.at.cases[0].action == model.Send {
			return AbandonedSender
		}
	}
	return AbandonedReceiver
}

// isCircleWithChan reports whether somebody in the circle waits at a channel.
func isCircleWithChan(p *proof, c cause) bool {
	return slices.ContainsFunc(c.circle, func(i int) bool { return len(p.st.gs[i].intents()) > 0 })
}

// everSpawned reports whether a run started any goroutine.
func everSpawned(log *step) bool {
	for l := log; l != nil; l = l.prev {
		if l.kind == stepSpawn {
			return true
		}
	}
	return false
}

// madeAt finds the model's view of the make of a channel.
func (s *search) madeAt(site ssa.Instruction) *model.Make {
	mk, ok := site.(*ssa.MakeChan)
	if !ok {
		return nil
	}
	for _, m := range s.pkg.ChanOf(mk).Makes {
		if m.Instr == mk {
			return m
		}
	}
	return nil
}
