package verify

import (
	"go/token"
	"slices"

	"github.com/asynclint/asynclint/internal/model"
)

// This file writes runs down.

// trace writes the run down and finds who abandoned the goroutine.
func (s *search) trace(st *Stuck, p *proof, c cause) {
	var log []*step
	for l := p.st.log; l != nil; l = l.prev {
		log = append(log, l)
	}
	slices.Reverse(log)
	names := s.newCast(log)
	for _, l := range log {
		if l.kind != stepLeave && l.kind != stepFree {
			st.Steps = append(st.Steps, Step{l.pos(), names.text(l)})
		}
	}
	s.readHolds(st, log, p, c)
	last := names.who(c.g, st.Goroutine) + " waits for ever: " + actionText(st.Op)
	st.Steps = append(st.Steps, Step{st.Op.Pos, last})
	if st.Abandon = s.abandon(log, p, c); st.Abandon == nil {
		if a, slot := s.leaving(log, p, c); a != nil {
			st.Leaving = a
			st.Beside = append(st.Beside, Step{a.Pos, names.who(slot, a.By) + " returns"})
		}
	}
	s.partners(st, p, c, names)
	st.Passed = isPassedOver(st, log, p, c)
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

// pos returns where a step happens.
func (l *step) pos() token.Pos {
	switch {
	case l.kind == stepSpawn:
		return l.spawn.Pos
	case (l.kind == stepReturn || l.kind == stepLeave) && (l.instr == nil || !l.instr.Pos().IsValid()):
		if l.code.model != nil {
			return l.code.model.Body.End() - 1
		}
		return token.NoPos
	case l.taken() != nil:
		return l.taken().Pos
	}
	return l.code.posOf(l.instr)
}

// line returns the line of a position.
func (s *search) line(pos token.Pos) int { return s.pkg.Pass.Fset.Position(pos).Line }

// Explain lists the last steps of the run, so many at most, with how others stand
// before the very last.
func (st *Stuck) Explain(most int) []Step {
	last := len(st.Steps) - 1
	if last < 0 {
		return nil
	}
	beside := st.Beside[:min(len(st.Beside), most-1)]
	first := max(0, last-(most-1-len(beside)))
	return slices.Concat(st.Steps[first:last], beside, st.Steps[last:])
}

// text says what a step is.
func (c *cast) text(l *step) string {
	who := c.who(l.g, l.who)
	switch l.kind {
	case stepSpawn:
		return who + " starts a goroutine" + c.enter(l)
	case stepReturn:
		return who + " returns"
	}
	if k := l.taken(); k != nil {
		return who + " takes the case of " + k.Name() + c.toWhom(l)
	}
	if l.way.kind == byQueue && l.lock != nil {
		return who + " waits for the readers of " + l.lock.Name() + ", and others queue behind it"
	}
	if l.way.kind == byDefault {
		return who + " takes the default case"
	}
	if o := l.code.ops[l.instr]; o != nil {
		return who + " goes on: " + actionText(o) + c.toWhom(l)
	}
	return who + " goes on"
}

// toWhom names the receiver of a send that meets one.
func (c *cast) toWhom(l *step) string {
	if l.peer == nil {
		return ""
	}
	return ", received by " + c.who(l.way.peer, l.peer.spawn)
}

// actionWords names operations in a run's text.
var actionWords = map[model.Action]string{
	model.Send: "send on ", model.Recv: "receive from ", model.RangeRecv: "range over ", model.Close: "close of ",
	model.Lock: "Lock of ", model.RLock: "RLock of ", model.CondWait: "Wait of ", model.CondWake: "waking of ",
	model.Unlock: "Unlock of ", model.RUnlock: "RUnlock of ",
	model.TryLock: "TryLock of ", model.TryRLock: "TryRLock of ", model.GroupAdd: "Add to ", model.GroupWait: "Wait of ", model.GroupGo: "Go of ",
}

// actionText says what an operation does to what.
func actionText(o *model.Op) string {
	if o.Action == model.SelectWait {
		return "select"
	}
	return actionWords[o.Action] + o.Name()
}
