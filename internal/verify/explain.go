package verify

import (
	"cmp"
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
	slot  int          // and where it is put
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
		r.Stuck = slices.DeleteFunc(r.Stuck, st.replaces)
		r.Stuck = append(r.Stuck, st)
	}
}

// replaces reports whether a proof says more than another about the operation, of
// which it takes the kind.
func (st *Stuck) replaces(o *Stuck) bool {
	if o.Op != st.Op || !o.Harness || st.Harness {
		return false
	}
	st.Kind = o.Kind
	return true
}

// has reports whether a proof about the same operation is known already, or about
// the same circle seen from another of its goroutines. That a lock is in the way is
// another defect than that nobody comes; a run from its beginning says more than a
// method beside a loop.
func (r *Result) has(st *Stuck) bool {
	return slices.ContainsFunc(r.Stuck, func(o *Stuck) bool {
		same := o.Op == st.Op || slices.Contains(o.With, st.Op) && slices.Contains(st.With, o.Op)
		return same && (len(o.Locks) > 0) == (len(st.Locks) > 0) && (!o.Harness || st.Harness)
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
	if s.isPool && g.spawn == nil && (s.isShared || g.at.action == model.Send) {
		return nil // there may be room in the queue, and another worker
	}
	st := &Stuck{Op: op, Goroutine: g.spawn, Root: s.root, Chosen: p.st.sizes, Whole: s.whole || isProgram(s.root), Harness: s.isHarness}
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
	if s.isTwice && !p.st.asked {
		return nil // what the method sends ends the loop for certain: it is the stop
	}
	if s.isWeak(st, p) || p.isGuess(st, c) {
		return nil
	}
	return st
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
