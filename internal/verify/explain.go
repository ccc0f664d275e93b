package verify

import (
	"cmp"
	"fmt"
	"go/token"
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

// has reports whether a proof about the same operation is known already.
func (r *Result) has(st *Stuck) bool {
	return slices.ContainsFunc(r.Stuck, func(o *Stuck) bool { return o.Op == st.Op })
}

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
	st := &Stuck{Op: op, Goroutine: g.spawn, Root: s.root}
	for _, i := range c.circle {
		if o := p.st.gs[i].op(); o != nil {
			st.With = append(st.With, o)
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
	if s.isWeak(st) {
		return nil
	}
	return st
}

// isWeak reports whether a proof rests on what only the author knows: that the
// root's own receive finds nothing because a callee chose not to send, or that
// a test would hang at its own channel.
func (s *search) isWeak(st *Stuck) bool {
	if st.Goroutine != nil || st.Kind != AbandonedReceiver {
		return false
	}
	return st.Abandon == nil || st.Root.Pkg.IsTestFile(st.Root.Syntax.Pos())
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

func isCircleWithChan(p *proof, c cause) bool {
	return slices.ContainsFunc(c.circle, func(i int) bool { return len(p.st.gs[i].intents()) > 0 })
}

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

// trace writes the run down and finds who abandoned the goroutine.
func (s *search) trace(st *Stuck, p *proof, c cause) {
	var log []*step
	for l := p.st.log; l != nil; l = l.prev {
		log = append(log, l)
	}
	slices.Reverse(log)
	for _, l := range log {
		st.Steps = append(st.Steps, Step{l.pos(), s.text(l)})
	}
	last := s.who(st.Goroutine) + " waits for ever: " + actionText(st.Op)
	st.Steps = append(st.Steps, Step{st.Op.Pos, last})
	st.Abandon = s.abandon(log, p, c)
}

// abandon finds the last return of another goroutine that could have served the
// stuck one, or else of the root, and the select case that led to it.
func (s *search) abandon(log []*step, p *proof, c cause) *Abandon {
	g := p.st.gs[c.g]
	at := -1
	for i, l := range log {
		switch {
		case l.kind != stepReturn || l.code.model == nil || l.g == c.g && l.who == g.spawn:
		case s.serves(l.code.model, g, make(map[*model.Func]bool)):
			at = i
		case at < 0 && l.who == nil && g.spawn != nil:
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	a := &Abandon{Pos: log[at].pos(), Func: log[at].code.model, By: log[at].who}
	for k := at - 1; k >= 0; k-- {
		if log[k].g == log[at].g && log[k].who == a.By && log[k].kind == stepMove {
			a.Case = log[k].taken()
			break
		}
	}
	return a
}

// taken returns the case of a select that a step takes, or nil.
func (l *step) taken() *model.Case {
	o := l.code.ops[l.instr]
	if o == nil || o.Select == nil || l.way.at < 0 || l.way.at >= len(o.Select.Cases) {
		return nil
	}
	return o.Select.Cases[l.way.at]
}

func (l *step) pos() token.Pos {
	switch {
	case l.kind == stepSpawn:
		return l.spawn.Pos
	case l.kind == stepReturn && (l.instr == nil || !l.instr.Pos().IsValid()):
		if l.code.model != nil {
			return l.code.model.Body.End() - 1
		}
		return token.NoPos
	case l.taken() != nil:
		return l.taken().Pos
	}
	return l.code.posOf(l.instr)
}

// who names a goroutine.
func (s *search) who(sp *model.Spawn) string {
	if sp == nil {
		return s.root.Name()
	}
	return fmt.Sprintf("the goroutine started on line %d", s.line(sp.Pos))
}

func (s *search) line(pos token.Pos) int { return s.pkg.Pass.Fset.Position(pos).Line }

// text says what a step is.
func (s *search) text(l *step) string {
	who := s.who(l.who)
	switch l.kind {
	case stepSpawn:
		return who + " starts a goroutine"
	case stepReturn:
		return who + " returns"
	}
	if k := l.taken(); k != nil {
		return who + " takes the case of " + k.Name() + s.toWhom(l)
	}
	if l.way.kind == byDefault {
		return who + " takes the default case"
	}
	if o := l.code.ops[l.instr]; o != nil {
		return who + " goes on: " + actionText(o) + s.toWhom(l)
	}
	return who + " goes on"
}

// toWhom names the receiver of a send that meets one.
func (s *search) toWhom(l *step) string {
	if l.peer == nil {
		return ""
	}
	return ", received by " + s.who(l.peer.spawn)
}

var actionWords = map[model.Action]string{
	model.Send: "send on ", model.Recv: "receive from ", model.RangeRecv: "range over ", model.Close: "close of ",
	model.Lock: "Lock of ", model.RLock: "RLock of ", model.GroupAdd: "Add to ", model.GroupWait: "Wait of ", model.GroupGo: "Go of ",
}

func actionText(o *model.Op) string {
	if o.Action == model.SelectWait {
		return "select"
	}
	return actionWords[o.Action] + o.Name()
}
