package verify

import "golang.org/x/tools/go/ssa"

// This file says which goroutines of a state are stuck for ever: those that
// wait only on objects which no goroutine that can move, now or after others
// have moved, is able to reach.

// marker marks the objects that values lead to.
type marker struct {
	s     *state
	seen  map[int]bool
	fns   map[*ssa.Function]bool // functions among the values, if wanted
	boxed bool                   // there is an interface value, whose methods may be called
}

// stuck lists the goroutines that can never move again.
func (s *state) stuck(ways []way) []int {
	alive := make([]bool, len(s.gs))
	for _, w := range ways {
		alive[w.g] = true
		if w.kind == byPeer {
			alive[w.peer] = true
		}
	}
	m := &marker{s: s, seen: make(map[int]bool)}
	marked := make([]bool, len(s.gs))
	for changed := true; changed; {
		changed = false
		for i, g := range s.gs {
			if g == nil || marked[i] || !alive[i] && !m.awaits(g) {
				continue
			}
			marked[i], changed = true, true
			m.gor(g)
		}
	}
	var out []int
	for i, g := range s.gs {
		if g != nil && !marked[i] {
			out = append(out, i)
		}
	}
	return out
}

// awaits reports whether a waiting goroutine waits on a marked object.
func (m *marker) awaits(g *gor) bool {
	for _, i := range g.awaited() {
		if m.seen[i] {
			return true
		}
	}
	return false
}

// awaited lists the objects on which a goroutine waits.
func (g *gor) awaited() []int {
	var out []int
	for _, c := range g.intents() {
		if ch, ok := c.on.(chanRef); ok {
			out = append(out, ch.obj)
		}
	}
	if r, ok := g.at.on.(ref); ok {
		out = append(out, r.obj)
	}
	return out
}

// gor marks what a goroutine can still reach.
func (m *marker) gor(g *gor) {
	for _, f := range g.stack {
		for _, r := range f.needs() {
			m.value(f.reg(r))
		}
		for _, d := range f.defers {
			if d.call.fn != nil {
				m.value(&fnVal{d.call.fn, d.call.free})
			}
			m.values(d.call.args)
			m.value(d.call.recv)
			m.value(d.call.cancel)
		}
		m.value(f.done)
	}
	if g.ready {
		m.value(g.at.on)
	}
}

// values marks what several values lead to.
func (m *marker) values(vs []value) {
	for _, v := range vs {
		m.value(v)
	}
}

// value marks the objects that v leads to. A context leads to its Done channel
// only through its cancel function: nobody else can close it.
func (m *marker) value(v value) {
	switch x := v.(type) {
	case ref:
		m.object(x.obj)
	case chanRef:
		if o := m.s.objs[x.obj]; o != nil && !o.isContext() {
			m.object(x.obj)
		}
	case cancelRef:
		m.object(x.done)
	case slice:
		m.object(x.obj)
	case *fnVal:
		if m.fns != nil {
			m.fns[x.fn] = true
		}
		m.values(x.free)
	case *box:
		m.boxed = true
		m.value(x.v)
	case *agg:
		m.values(x.vals)
	}
}

// object marks an object and what it leads to.
func (m *marker) object(i int) {
	if i < 0 || m.seen[i] || m.s.objs[i] == nil {
		return
	}
	m.seen[i] = true
	o := m.s.objs[i]
	m.values(o.buf)
	for _, k := range o.kids {
		m.object(k)
	}
	for _, p := range sortedPaths(o.cells) {
		m.value(o.cells[p])
	}
}
