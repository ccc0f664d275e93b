package order

import "sync"

// A house keeps rooms in a map, and each room knows its house.
type house struct {
	mu    sync.Mutex
	rooms map[string]*room
	open  int
}

type room struct {
	mu    sync.Mutex
	house *house
	lit   bool
}

func (h *house) darken() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.off() // want "r.mu is locked under h.mu, but room.leave takes them the other way round"
	}
}

func (r *room) off() {
	r.mu.Lock()
	r.lit = false
	r.mu.Unlock()
}

func (h *house) left() {
	h.mu.Lock()
	h.open--
	h.mu.Unlock()
}

func (r *room) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lit = false
	r.tell()
}

func (r *room) tell() { r.house.left() }

// The same with a slice, where the children let go of their lock first.
type street struct {
	mu    sync.Mutex
	lamps []*lamp
	on    int
}

type lamp struct {
	mu     sync.Mutex
	street *street
	on     bool
}

func (s *street) count() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lamps {
		l.mu.Lock()
		if l.on {
			n++
		}
		l.mu.Unlock()
	}
	return n
}

func (l *lamp) toggle() {
	l.mu.Lock()
	l.on = !l.on
	l.mu.Unlock()
	l.street.mu.Lock()
	l.street.on++
	l.street.mu.Unlock()
}

// A lookup by key, behind a method of the object that keeps them.
type shelf struct {
	mu    sync.RWMutex
	books map[int]*book
	lent  int
}

type book struct {
	mu    sync.Mutex
	shelf *shelf
	out   bool
}

func (s *shelf) book(k int) *book { return s.books[k] }

func (s *shelf) lend(k int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	b := s.book(k)
	b.mu.Lock() // want "b.mu is locked under s.mu, but book.back takes them the other way round"
	b.out = true
	b.mu.Unlock()
}

func (b *book) back() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.out = false
	b.shelf.mu.Lock()
	b.shelf.lent--
	b.shelf.mu.Unlock()
}

// Strangers come out of nothing that the lock's object keeps.
type desk struct {
	mu sync.Mutex
	n  int
}

type clerk struct {
	mu   sync.Mutex
	desk *desk
	n    int
}

func (d *desk) ask(all func() []*clerk) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range all() {
		c.mu.Lock()
		d.n += c.n
		c.mu.Unlock()
	}
}

func (c *clerk) sit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.desk.mu.Lock()
	c.n = c.desk.n
	c.desk.mu.Unlock()
}

// Local locks that two literals share.
func sideBySide() int {
	var in, out sync.Mutex
	var wg sync.WaitGroup
	n := 0
	wg.Go(func() {
		in.Lock()
		defer in.Unlock()
		out.Lock() // want "out is locked under in, but the function literal in sideBySide takes them the other way round"
		defer out.Unlock()
		n++
	})
	wg.Go(func() {
		out.Lock()
		defer out.Unlock()
		in.Lock()
		defer in.Unlock()
		n--
	})
	wg.Wait()
	return n
}

// oneAfterTheOther runs its literals in its own goroutine.
func oneAfterTheOther() int {
	var in, out sync.Mutex
	n := 0
	up := func() {
		in.Lock()
		defer in.Unlock()
		out.Lock()
		defer out.Unlock()
		n++
	}
	down := func() {
		out.Lock()
		defer out.Unlock()
		in.Lock()
		defer in.Unlock()
		n--
	}
	up()
	down()
	return n
}

// Three locks of one object, each taken under another.
type ring struct {
	a, b, c sync.Mutex
	n       int
}

func (r *ring) ab() {
	r.a.Lock()
	defer r.a.Unlock()
	r.b.Lock() // want "r.b is locked under r.a, and ring.bc and ring.ca close the circle"
	defer r.b.Unlock()
	r.n++
}

func (r *ring) bc() {
	r.b.Lock()
	defer r.b.Unlock()
	r.c.Lock()
	defer r.c.Unlock()
	r.n++
}

func (r *ring) ca() {
	r.c.Lock()
	defer r.c.Unlock()
	r.a.Lock()
	defer r.a.Unlock()
	r.n++
}

// The same behind a gate.
type gatedRing struct {
	gate, a, b, c sync.Mutex
	n             int
}

func (r *gatedRing) ab() {
	r.gate.Lock()
	defer r.gate.Unlock()
	r.a.Lock()
	defer r.a.Unlock()
	r.b.Lock()
	defer r.b.Unlock()
	r.n++
}

func (r *gatedRing) bc() {
	r.b.Lock()
	defer r.b.Unlock()
	r.c.Lock()
	defer r.c.Unlock()
	r.n++
}

func (r *gatedRing) ca() {
	r.gate.Lock()
	defer r.gate.Unlock()
	r.c.Lock()
	defer r.c.Unlock()
	r.a.Lock()
	defer r.a.Unlock()
	r.n++
}

// A guest that was checked out is in nobody's list any more.
type inn struct {
	mu     sync.Mutex
	guests map[string]*guest
	gone   []string
}

type guest struct {
	mu sync.Mutex
	n  int
}

func (i *inn) wakeAll() {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, g := range i.guests {
		g.wake()
	}
}

func (g *guest) wake() {
	g.mu.Lock()
	g.n++
	g.mu.Unlock()
}

func (i *inn) checkOut(name string) {
	i.mu.Lock()
	g := i.guests[name]
	delete(i.guests, name)
	i.mu.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	i.mu.Lock()
	i.gone = append(i.gone, name)
	i.mu.Unlock()
}

// An actor's handlers take the locks in both orders, but one after the other.
type actor struct {
	mu   sync.Mutex
	jobs map[int]*job
	in   chan int
	n    int
}

type job struct {
	mu sync.Mutex
	n  int
}

func newActor() *actor {
	a := &actor{jobs: map[int]*job{}, in: make(chan int)}
	go a.run()
	return a
}

func (a *actor) run() {
	for k := range a.in {
		if k < 0 {
			a.cancel(-k)
			continue
		}
		a.step(k)
	}
}

func (a *actor) cancel(k int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	j := a.jobs[k]
	j.mu.Lock()
	j.n = 0
	j.mu.Unlock()
}

func (a *actor) step(k int) {
	a.mu.Lock()
	j := a.jobs[k]
	a.mu.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	a.mu.Lock()
	a.n++
	a.mu.Unlock()
}

// Three types that point to each other in a circle.
type cog struct {
	mu   sync.Mutex
	next *cam
	n    int
}

type cam struct {
	mu   sync.Mutex
	next *rod
	n    int
}

type rod struct {
	mu   sync.Mutex
	next *cog
	n    int
}

func (c *cog) inc() { c.mu.Lock(); c.n++; c.mu.Unlock() }
func (c *cam) inc() { c.mu.Lock(); c.n++; c.mu.Unlock() }
func (r *rod) inc() { r.mu.Lock(); r.n++; r.mu.Unlock() }

func (c *cog) turn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next.inc() // want "c.next.mu is locked under c.mu, and cam.turn and rod.turn close the circle"
}

func (c *cam) turn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next.inc()
}

func (r *rod) turn() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next.inc()
}

// The third order is about two objects that have nothing to do with each other.
type disk struct {
	mu  sync.Mutex
	mem *mem
	n   int
}

type mem struct {
	mu  sync.Mutex
	log *logs
	n   int
}

type logs struct {
	mu sync.Mutex
	n  int
}

func (d *disk) flush() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mem.mu.Lock()
	d.mem.n = 0
	d.mem.mu.Unlock()
}

func (m *mem) append() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.log.mu.Lock()
	m.log.n++
	m.log.mu.Unlock()
}

func replay(l *logs, onto *disk) {
	l.mu.Lock()
	defer l.mu.Unlock()
	onto.mu.Lock()
	onto.n += l.n
	onto.mu.Unlock()
}
