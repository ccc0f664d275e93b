package relock

import "sync"

// An element points back to what keeps it.

type house struct {
	mu    sync.RWMutex
	rooms map[string]*room
	heat  int
}

type room struct {
	in *house
	n  int
}

func (h *house) add(name string) {
	h.mu.Lock()
	h.rooms[name] = &room{in: h}
	h.mu.Unlock()
}

func (h *house) warmth() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.heat
}

func (r *room) warm() { r.n = r.in.warmth() }

func (h *house) warmAll() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, r := range h.rooms {
		r.warm() // want "room.warm read-locks h.mu, which is held already"
	}
}

func (h *house) warmFree() {
	h.mu.RLock()
	var all []*room
	for _, r := range h.rooms {
		all = append(all, r)
	}
	h.mu.RUnlock()
	for _, r := range all {
		r.warm()
	}
}

func (r *room) warmIf(need bool) {
	if need {
		r.n = r.in.warmth()
	}
}

func (h *house) warmSome() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, r := range h.rooms {
		r.warmIf(false)
	}
}

// An element may move to another keeper.

type fleet struct {
	mu    sync.Mutex
	ships []*ship
	n     int
}

type ship struct{ of *fleet }

func (s *ship) join(f *fleet) { s.of = f }

func (s *ship) report() {
	s.of.mu.Lock()
	s.of.n++
	s.of.mu.Unlock()
}

func (f *fleet) muster() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.ships {
		s.report()
	}
}

// One child, kept in a field.

type mother struct {
	mu    sync.Mutex
	child *daughter
	n     int
}

type daughter struct {
	up *mother
	n  int
}

func newMother() *mother {
	m := &mother{}
	m.child = &daughter{up: m}
	return m
}

func (m *mother) add() {
	m.mu.Lock()
	m.n++
	m.mu.Unlock()
}

func (d *daughter) work() {
	d.n++
	d.up.add()
}

func (m *mother) run() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.child.work() // want "daughter.work locks m.mu, which is held already"
}

func (m *mother) runFree() {
	m.mu.Lock()
	c := m.child
	m.mu.Unlock()
	c.work()
}

// In the same function.

type album struct {
	mu    sync.Mutex
	pages []*page
	n     int
}

type page struct{ of *album }

func (a *album) add() {
	a.mu.Lock()
	a.pages = append(a.pages, &page{of: a})
	a.mu.Unlock()
}

func (a *album) count() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.pages {
		p.of.mu.Lock() // want "p.of.mu is locked again while it is held"
		p.of.n++
		p.of.mu.Unlock()
	}
}

func (a *album) countOther(b *album) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range b.pages {
		p.of.mu.Lock()
		p.of.n++
		p.of.mu.Unlock()
	}
}
