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
