package verify

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
)

// wayKind says how a goroutine can move on from a visible operation.
type wayKind uint8

const (
	byBuffer  wayKind = iota // with the channel's buffer, or because it is closed
	byPeer                   // together with another goroutine
	byOutside                // through a channel out of view: a context, a timer, somebody else
	byDefault
	bySync  // lock, group, close
	byQueue // a writer begins to wait for the readers of its lock
	byCrash // the process ends: send on a closed channel
)

// way is one possible move of one state.
type way struct {
	kind   wayKind
	g, at  int // the goroutine and the case of its select
	peer   int // the receiver, for byPeer
	peerAt int
}

// intents lists what a goroutine at a visible operation is ready to do with
// channels.
func (g *gor) intents() []pending {
	switch g.at.action {
	case model.SelectWait:
		return g.at.cases
	case model.Send, model.Recv:
		return []pending{*g.at}
	}
	return nil
}

// ways lists the possible moves of a state in which every goroutine stands at
// a visible operation.
func (s *state) ways() []way {
	var out []way
	for i, g := range s.gs {
		if g == nil {
			continue
		}
		switch g.at.action {
		case model.Send, model.Recv, model.SelectWait:
			out = append(out, s.chanWays(i, g)...)
		default:
			switch {
			case s.passes(g.at):
				out = append(out, way{kind: bySync, g: i})
			case s.queues(g.at):
				out = append(out, way{kind: byQueue, g: i})
			}
		}
	}
	return out
}

// chanWays lists the moves of one goroutine at a channel operation. A meeting
// of two goroutines is listed with the sender. A default is possible unless a
// buffer decides: the other goroutine may not be there yet.
func (s *state) chanWays(i int, g *gor) (out []way) {
	sure := false
	for at, c := range g.intents() {
		ch, ok := c.on.(chanRef)
		switch {
		case c.on == litNil:
			continue
		case c.once && s.hasFired(c.on):
			continue
		case !ok || isOpenChan(s, c.on):
			out = append(out, way{kind: byOutside, g: i, at: at})
			continue
		}
		o := s.objs[ch.obj]
		if o.lent&peerUse(c.action) != 0 {
			out = append(out, way{kind: byOutside, g: i, at: at})
		}
		switch {
		case c.action == model.Send && o.closed:
			out, sure = append(out, way{kind: byCrash, g: i, at: at}), true
		case c.action == model.Send && len(o.buf) < o.cap,
			c.action == model.Recv && (len(o.buf) > 0 || o.closed):
			out, sure = append(out, way{kind: byBuffer, g: i, at: at}), true
		case c.action == model.Send:
			out = append(out, s.meet(i, at, ch)...)
		}
	}
	if g.at.hasDefault() && !sure {
		out = append(out, way{kind: byDefault, g: i, at: -1})
	}
	return out
}

// peerUse returns the end of a channel that lets an operation go on.
func peerUse(action model.Action) access {
	if action == model.Send {
		return mayRecv
	}
	return maySend
}

// meet lists the receivers that stand ready for a sender.
func (s *state) meet(i, at int, ch chanRef) (out []way) {
	for h, peer := range s.gs {
		if peer == nil || h == i {
			continue
		}
		for k, c := range peer.intents() {
			if c.action == model.Recv && c.on == ch {
				out = append(out, way{kind: byPeer, g: i, at: at, peer: h, peerAt: k})
			}
		}
	}
	return out
}

// passes reports whether a lock, group or close operation can go ahead.
func (s *state) passes(p *pending) bool {
	var o *object
	var path string
	switch on := p.on.(type) {
	case ref:
		o, path = s.objs[on.obj], on.path
	case chanRef:
		return true // close
	}
	if o == nil || o.isOut(path) {
		return true
	}
	num := func(name string) int64 { return toInt(o.cells[path+name]) }
	switch p.action {
	case model.Lock:
		return num(heldCell) == 0 && num(readCell) == 0 && (p.stage == queued || num(wantCell) == 0)
	case model.RLock:
		return num(heldCell) == 0 && num(wantCell) == 0
	case model.CondWait:
		return p.stage != parked
	case model.GroupWait:
		return num(countCell) <= 0
	case model.GroupGo:
		return num(countCell) < num(limitCell)-1
	}
	return true
}

// queues reports whether an operation asks for a lock that only readers have.
func (s *state) queues(p *pending) bool {
	on, ok := p.on.(ref)
	if !ok || p.action != model.Lock || p.stage == queued {
		return false
	}
	cells := s.objs[on.obj].cells
	return toInt(cells[on.path+readCell]) > 0 && toInt(cells[on.path+wantCell]) == 0
}

// take makes a move in a copy of the state.
func (c *checker) take(s *state, w way) (*state, outcome) {
	m := &machine{checker: c, st: s.clone(), gi: w.g}
	g := s.gs[w.g]
	if g.at.action == model.CallWait {
		m.goAhead(g.at)
		return m.st, next
	}
	m.note(step{kind: stepMove, way: w, code: g.top().code, instr: g.at.instr, spawn: g.spawn, op: g.at, peer: s.peerOf(w), lock: g.lockOp()})
	switch w.kind {
	case byCrash:
		return m.st, ends
	case byDefault:
		m.received(w.g, -1, nil, litFalse)
	case byOutside:
		m.meetOutside(g, w)
	case byPeer:
		v := g.intents()[w.at].val
		m.received(w.peer, w.peerAt, v, litTrue)
		m.sent(w.g, w.at)
	case byBuffer:
		m.useBuffer(g, w)
	case bySync:
		return m.st, m.goAhead(g.at)
	case byQueue:
		m.queueFor(g.at)
	}
	return m.st, next
}

// queueFor makes a writer wait for readers.
func (m *machine) queueFor(p *pending) {
	waits := *p
	waits.stage = queued
	m.putCell(p.on.(ref), wantCell, 1)
	m.g().at = &waits
}

// peerOf returns the goroutine that a move meets, or nil.
func (s *state) peerOf(w way) *gor {
	if w.kind == byPeer {
		return s.gs[w.peer]
	}
	return nil
}

// meetOutside performs a select's case on a channel out of view.
func (m *machine) meetOutside(g *gor, w way) {
	c := g.intents()[w.at]
	if c.once {
		m.st.learn(fired(c.on), litTrue)
	}
	if c.action == model.Send {
		m.escape(c.val)
		m.escape(c.on) // whoever took this value leaves the next one, for all that is known
		m.sent(w.g, w.at)
		return
	}
	v, open := m.st.fresh(), value(litTrue)
	if isOpenChan(m.st, c.on) {
		open = m.st.fresh() // it may have been closed
	}
	m.received(w.g, w.at, v, open)
}

// useBuffer performs a channel operation that needs no other goroutine.
func (m *machine) useBuffer(g *gor, w way) {
	c := g.intents()[w.at]
	o := m.st.mut(c.on.(chanRef).obj)
	switch {
	case c.action == model.Send:
		o.buf = append(o.buf, c.val)
		m.sent(w.g, w.at)
	case len(o.buf) > 0:
		v := o.buf[0]
		o.buf = o.buf[1:]
		m.received(w.g, w.at, v, litTrue)
	default:
		m.received(w.g, w.at, zero(elemOf(g.at, w.at)), litFalse)
	}
}

// goAhead performs a lock, group or close operation.
func (m *machine) goAhead(p *pending) outcome {
	g := m.g()
	r, _ := p.on.(ref)
	switch p.action {
	case model.Close:
		o := m.st.mut(p.on.(chanRef).obj)
		if o.closed {
			return ends
		}
		o.closed = true
	case model.Lock:
		m.putCell(r, heldCell, 1)
		if p.stage == queued {
			m.putCell(r, wantCell, 0)
		}
	case model.RLock:
		m.putCell(r, readCell, m.cell(r, readCell)+1)
	case model.Unlock, model.RUnlock:
		m.unlock(r, p.action)
	case model.TryLock, model.TryRLock:
		m.tryLock(g.top(), r, p)
	case model.CondWait:
		if !m.park(p) {
			return ends // Unlock of what is not locked
		}
		return next
	case model.CondWake:
		m.signal(r, p.val == litTrue)
	case model.GroupAdd:
		n, ok := intOf(p.val)
		if !ok {
			m.escape(r)
		}
		m.addTo(r, n)
		if m.cell(r, countCell) < 0 {
			return ends
		}
	case model.GroupWait:
		if p.dest != nil && p.dest.Type() != nil {
			m.unknownResult(g.top(), p.dest)
		}
	case model.GroupGo:
		if o := m.groupGo(g.top(), r, p.val, p.instr.(ssa.CallInstruction), p.dest, next); o != next {
			return o
		}
	}
	m.g().moveOn()
	return next
}

// hasDefault reports whether an operation is a select with a default.
func (p *pending) hasDefault() bool {
	sel, ok := p.instr.(*ssa.Select)
	return ok && !sel.Blocking
}
