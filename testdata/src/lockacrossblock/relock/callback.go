package relock

import "sync"

// A function that a field keeps takes the lock of the object it is called for.

type lease struct {
	mu    sync.RWMutex
	n     int
	saver func(n int)
}

func (l *lease) setSaver(f func(n int)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.saver = f
}

func (l *lease) save(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n = n
}

func (l *lease) renew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.saver != nil {
		l.saver(l.n + 1) // want "l.saver locks l.mu, which is held already"
	}
}

func (l *lease) renewFree() {
	l.mu.Lock()
	f, n := l.saver, l.n
	l.mu.Unlock()
	if f != nil {
		f(n + 1)
	}
}

func startLease() *lease {
	l := &lease{}
	l.setSaver(func(n int) { l.save(n) })
	return l
}

// A method value.

type meter struct {
	mu   sync.Mutex
	n    int
	tick func()
}

func newMeter() *meter {
	m := &meter{}
	m.tick = m.count
	return m
}

func (m *meter) count() {
	m.mu.Lock()
	m.n++
	m.mu.Unlock()
}

func (m *meter) turn() {
	m.mu.Lock()
	m.tick() // want "m.tick locks m.mu, which is held already"
	m.mu.Unlock()
	m.tick()
}

// The function belongs to a part of the object, and was handed to its constructor.

type shelf struct {
	mu    sync.Mutex
	queue *line
	sold  int
}

type line struct {
	items []int
	done  func(v int)
}

func newLine(done func(v int)) *line { return &line{done: done} }

func (q *line) pop() {
	for _, v := range q.items {
		q.done(v)
	}
}

func (q *line) first() { q.done(1) }

func newShelf() *shelf {
	s := &shelf{}
	s.queue = newLine(func(v int) {
		s.mu.Lock()
		s.sold += v
		s.mu.Unlock()
	})
	return s
}

func (s *shelf) sell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.first() // want "line.first locks s.mu, which is held already"
}

func (s *shelf) sellFree() {
	s.mu.Lock()
	s.sold = 0
	s.mu.Unlock()
	s.queue.first()
	s.queue.pop()
}

// The lock is that of another object.

type clerk struct {
	mu   sync.Mutex
	n    int
	then func()
}

func pairOfClerks() (*clerk, *clerk) {
	a, b := &clerk{}, &clerk{}
	a.then = func() {
		b.mu.Lock()
		b.n++
		b.mu.Unlock()
	}
	return a, b
}

func (c *clerk) work() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.then != nil {
		c.then()
	}
}

// One of two functions takes the lock: which one is called is not known.

type switchboard struct {
	mu   sync.Mutex
	n    int
	line func()
}

func newSwitchboard(quiet bool) *switchboard {
	s := &switchboard{}
	s.line = func() {}
	if !quiet {
		s.line = func() {
			s.mu.Lock()
			s.n++
			s.mu.Unlock()
		}
	}
	return s
}

func (s *switchboard) ring() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line()
}

// Other packages can set the function.

type Open struct {
	mu sync.Mutex
	n  int
	On func()
}

func NewOpen() *Open {
	o := &Open{}
	o.On = o.add
	return o
}

func (o *Open) add() {
	o.mu.Lock()
	o.n++
	o.mu.Unlock()
}

func (o *Open) fire() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.On()
}

// The L of a condition is its mutex.

type gate struct {
	mu   sync.RWMutex
	cond *sync.Cond
	open bool
}

func newGate() *gate {
	g := &gate{}
	g.cond = sync.NewCond(g.mu.RLocker())
	return g
}

func (g *gate) isOpen() bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.open
}

func (g *gate) set() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
	g.cond.Broadcast()
}

func (g *gate) pass() {
	g.cond.L.Lock()
	for !g.isOpen() { // want "gate.isOpen read-locks g.mu, which is held already"
		g.cond.Wait()
	}
	g.cond.L.Unlock()
}

func (g *gate) passRight() {
	g.cond.L.Lock()
	for !g.open {
		g.cond.Wait()
	}
	g.cond.L.Unlock()
}

type well struct {
	mu   sync.Mutex
	cond sync.Cond
	full bool
}

func newWell() *well {
	w := &well{}
	w.cond.L = &w.mu
	return w
}

func (w *well) fill() {
	w.mu.Lock()
	w.full = true
	w.cond.L.Lock() // want "w.cond.L is locked again while it is held"
	w.cond.Broadcast()
	w.cond.L.Unlock()
	w.mu.Unlock()
}

func (w *well) draw() {
	w.mu.Lock()
	for !w.full {
		w.cond.Wait()
	}
	w.cond.L.Unlock()
}

// A condition with a mutex of its own.

type bell struct {
	mu   sync.Mutex
	cond *sync.Cond
}

func newBell() *bell { return &bell{cond: sync.NewCond(new(sync.Mutex))} }

func (b *bell) strike() {
	b.mu.Lock()
	b.cond.L.Lock()
	b.cond.Broadcast()
	b.cond.L.Unlock()
	b.mu.Unlock()
}

// A sync.Locker that stands for the mutex, and others that do not.

type vault struct {
	mu    sync.Mutex
	guard sync.Locker
	outer sync.Locker
	n     int
}

func newVault(outer sync.Locker) *vault {
	v := &vault{outer: outer}
	v.guard = &v.mu
	return v
}

func (v *vault) add() {
	v.mu.Lock()
	v.n++
	v.mu.Unlock()
}

func (v *vault) open() {
	v.guard.Lock()
	defer v.guard.Unlock()
	v.add() // want "vault.add locks v.mu, which is held already"
}

func (v *vault) openOuter() {
	v.outer.Lock()
	defer v.outer.Unlock()
	v.add()
}

type record struct {
	mu sync.RWMutex
	n  int
}

func (r *record) get() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.n
}

func (r *record) inc() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

func (r *record) byLocker() int {
	l := r.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	return r.get() // want "record.get read-locks r.mu, which is held already"
}
