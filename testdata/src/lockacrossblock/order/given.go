package order

import "sync"

// Locks by key: who waits for one keeps everybody from giving any back.

type keyed struct {
	sync.RWMutex
	m map[string]*sync.Mutex
}

func (k *keyed) lock(key string) {
	k.Lock()
	if k.m[key] == nil {
		k.m[key] = new(sync.Mutex)
	}
	k.m[key].Lock() // want "k.m.key. is locked under k.RWMutex, but keyed.unlock takes them the other way round"
	k.Unlock()
}

func (k *keyed) unlock(key string) {
	k.RLock()
	defer k.RUnlock()
	if mu, ok := k.m[key]; ok {
		mu.Unlock()
	}
}

// The lock is waited for when the map is free again.

type keyedFree struct {
	mu sync.Mutex
	m  map[string]*sync.Mutex
}

func (k *keyedFree) lock(key string) {
	k.mu.Lock()
	mu := k.m[key]
	k.mu.Unlock()
	mu.Lock()
}

func (k *keyedFree) unlock(key string) {
	k.mu.Lock()
	mu := k.m[key]
	k.mu.Unlock()
	mu.Unlock()
}

// A lock beside the one that guards the data.

type pump struct {
	mu, flow sync.Mutex
	n        int
}

func (p *pump) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.flow.Lock() // want "p.flow is locked under p.mu, but pump.stop takes them the other way round"
	p.n++
}

func (p *pump) stop() {
	p.mu.Lock()
	p.n--
	p.flow.Unlock()
	p.mu.Unlock()
}

// The first reader shuts writers out, the last one lets them in: nobody gives back
// what the first reader waits for by way of the readers' lock.

type turnstile struct {
	mu, write sync.Mutex
	n         int
}

func (r *turnstile) enter() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	if r.n == 1 {
		r.write.Lock()
	}
}

func (r *turnstile) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n--
	if r.n == 0 {
		r.write.Unlock()
	}
}

// Entries that are made when they are first asked for.

type entries struct {
	mu sync.Mutex
	m  map[string]*counted
}

type counted struct {
	mu   sync.Mutex
	refs int
}

func (e *entries) get(key string) *counted {
	c, ok := e.m[key]
	if !ok {
		c = &counted{}
		e.m[key] = c
	}
	return c
}

func (e *entries) lock(key string) {
	e.mu.Lock()
	c := e.get(key)
	c.refs++
	c.mu.Lock() // want "c.mu is locked under e.mu, but entries.unlock takes them the other way round"
	e.mu.Unlock()
}

func (e *entries) unlock(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := e.m[key]
	c.refs--
	if c.refs == 0 {
		delete(e.m, key)
	}
	c.mu.Unlock()
}

// The unlock is a literal that the caller gets.

type slots struct {
	mu sync.Mutex
	m  map[string]*slotOf
}

type slotOf struct {
	mu   sync.Mutex
	refs int
}

func (s *slots) lock(key string) func() {
	s.mu.Lock()
	x := s.m[key]
	x.refs++
	x.mu.Lock() // want "x.mu is locked under s.mu, but the function literal in slots.lock takes them the other way round"
	s.mu.Unlock()
	return func() {
		s.mu.Lock()
		x.refs--
		x.mu.Unlock()
		s.mu.Unlock()
	}
}

// The lock of the map is not needed to give one back.

type cells struct {
	mu sync.Mutex
	m  map[string]*cell
}

type cell struct{ mu sync.Mutex }

func (c *cells) lock(key string) func() {
	c.mu.Lock()
	x := c.m[key]
	x.mu.Lock()
	c.mu.Unlock()
	return func() {
		x.mu.Unlock()
		c.mu.Lock()
		delete(c.m, key)
		c.mu.Unlock()
	}
}
