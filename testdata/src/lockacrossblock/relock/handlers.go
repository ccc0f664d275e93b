package relock

import "sync"

// Handlers in a slice, all of which are called.

type bus struct {
	mu       sync.Mutex
	handlers []func(v int)
	n        int
}

func (b *bus) on(f func(v int)) {
	b.mu.Lock()
	b.handlers = append(b.handlers, f)
	b.mu.Unlock()
}

func (b *bus) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}

func (b *bus) emit(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, h := range b.handlers {
		h(v) // want "h locks b.mu, which is held already"
	}
}

func (b *bus) emitFree(v int) {
	b.mu.Lock()
	all := append([]func(int){}, b.handlers...)
	b.mu.Unlock()
	for _, h := range all {
		h(v)
	}
}

func (b *bus) first(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.handlers) > 0 {
		b.handlers[0](v)
	}
}

func startBus() *bus {
	b := &bus{}
	b.on(func(v int) { println(v + b.count()) })
	b.on(func(v int) {})
	return b
}

// Handlers by name; one of several is called.

type router struct {
	mu     sync.Mutex
	routes map[string]func(v int)
	n      int
}

func newRouter() *router {
	r := &router{routes: make(map[string]func(int))}
	r.routes["add"] = r.add
	r.routes["none"] = func(int) {}
	return r
}

func (r *router) add(v int) {
	r.mu.Lock()
	r.n += v
	r.mu.Unlock()
}

func (r *router) serve(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if h := r.routes[name]; h != nil {
		h(1)
	}
}

// The only one there is.

type clockwork struct {
	mu    sync.Mutex
	tasks map[string]func()
	n     int
}

func newClockwork() *clockwork {
	c := &clockwork{tasks: map[string]func(){}}
	c.tasks["tick"] = c.tick
	return c
}

func (c *clockwork) tick() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

func (c *clockwork) run(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if task, ok := c.tasks[name]; ok {
		task() // want "task locks c.mu, which is held already"
	}
}

// A package variable.

var (
	hookMu sync.Mutex
	hooked int
	hook   func()
)

func setHook() {
	hook = func() {
		hookMu.Lock()
		hooked++
		hookMu.Unlock()
	}
}

func callHook() {
	hookMu.Lock()
	defer hookMu.Unlock()
	if hook != nil {
		hook() // want "hook locks hookMu, which is held already"
	}
}

// Options that are copied as a whole.

type options struct{ onClose func() }

type visit struct {
	mu   sync.Mutex
	opts options
	n    int
}

func newVisit() *visit {
	s := &visit{}
	s.opts = options{onClose: func() {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
	}}
	return s
}

func (s *visit) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts.onClose() // want "s.opts.onClose locks s.mu, which is held already"
}

// A method value at hand, and methods that are handed over.

type tally struct {
	mu sync.Mutex
	n  int
}

func (t *tally) inc() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func (t *tally) incLocked() { t.n++ }

func (t *tally) with(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f()
}

func (t *tally) after(f func()) {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	f()
}

func (t *tally) byValue() {
	f := t.inc
	t.mu.Lock()
	defer t.mu.Unlock()
	f() // want "tally.inc locks t.mu, which is held already"
}

func (t *tally) handOver(other *tally) {
	t.with(t.inc) // want "tally.inc locks t.mu, which is held already"
	t.with(t.incLocked)
	t.with(other.inc)
	t.after(t.inc)
}

// Options that a constructor copies.

type cacheConfig struct {
	evicted func(key string)
	size    int
}

type cache struct {
	mu   sync.Mutex
	cfg  cacheConfig
	data map[string]int
}

func newCache(cfg cacheConfig) *cache {
	return &cache{cfg: cfg, data: make(map[string]int)}
}

func (c *cache) length() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.data)
}

func (c *cache) put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.data) > c.cfg.size {
		c.cfg.evicted(key) // want "c.cfg.evicted locks c.mu, which is held already"
	}
	c.data[key]++
}

func (c *cache) putFree(key string) {
	c.mu.Lock()
	full := len(c.data) > c.cfg.size
	c.data[key]++
	c.mu.Unlock()
	if full {
		c.cfg.evicted(key)
	}
}

func startCache() *cache {
	var c *cache
	c = newCache(cacheConfig{size: 10, evicted: func(string) { println(c.length()) }})
	return c
}

// Methods that the standard library calls at once.

type lazy struct {
	mu   sync.Mutex
	once sync.Once
	n    int
}

func (l *lazy) load() {
	l.mu.Lock()
	l.n = 1
	l.mu.Unlock()
}

func (l *lazy) get() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.once.Do(l.load) // want "lazy.load locks l.mu, which is held already"
	return l.n
}

func (l *lazy) getFree() int {
	l.once.Do(l.load)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}
