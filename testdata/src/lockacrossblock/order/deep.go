package order

import "sync"

// A callee gives the caller's lock back and takes it again.

type devices struct {
	mu  sync.Mutex
	all map[string]*device
}

type device struct {
	mu   sync.Mutex
	gone bool
}

func (d *devices) find(name string) *device { return d.all[name] }

func (d *devices) remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.find(name)
	v.mu.Lock() // want "v.mu is locked under d.mu, but devices.remove takes them the other way round"
	defer v.mu.Unlock()
	v.gone = true
	d.settle()
}

func (d *devices) settle() {
	d.mu.Unlock()
	d.mu.Lock()
}

// The same, with the inner lock released first.

type drives struct {
	mu  sync.Mutex
	all map[string]*drive
}

type drive struct {
	mu   sync.Mutex
	gone bool
}

func (d *drives) remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.all[name]
	v.mu.Lock()
	v.gone = true
	v.mu.Unlock()
	d.settle()
}

func (d *drives) settle() {
	d.mu.Unlock()
	d.mu.Lock()
}

// In one function.

type cart struct {
	list, till sync.Mutex
	n          int
}

func (c *cart) pay() {
	c.list.Lock()
	c.till.Lock() // want "c.till is locked under c.list, but cart.pay takes them the other way round"
	c.list.Unlock()
	c.n++
	c.list.Lock()
	c.n--
	c.till.Unlock()
	c.list.Unlock()
}

// A parent and its children, which point back, some calls down and on some paths.

type store struct {
	beats struct {
		sync.Mutex
		due []int
	}
	replicas map[int]*replica
}

type replica struct {
	raft, mu sync.Mutex
	in       *store
	n        int
}

func (s *store) open(k int) { s.replicas[k] = &replica{in: s} }

func (s *store) beat() {
	s.beats.Lock()
	defer s.beats.Unlock()
	for range s.beats.due {
		s.beatOne() // want "r.raft is locked under s.beats.Mutex, but replica.tick takes them the other way round"
	}
}

func (s *store) beatOne() {
	for k := range s.replicas {
		r := s.replicas[k]
		r.lost()
	}
}

func (r *replica) lost() {
	r.raft.Lock()
	r.n++
	r.raft.Unlock()
}

func (r *replica) tick() {
	r.raft.Lock()
	defer r.raft.Unlock()
	r.tickLocked()
}

func (r *replica) tickLocked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n > 0 {
		r.note()
	}
}

func (r *replica) note() {
	if r.n > 1 {
		r.in.beats.Lock()
		r.in.beats.due = append(r.in.beats.due, r.n)
		r.in.beats.Unlock()
	}
}

// The child lets go of its lock before it turns to its parent.

type yard struct {
	mu    sync.Mutex
	goats map[int]*goat
	n     int
}

type goat struct {
	mu sync.Mutex
	in *yard
	n  int
}

func (y *yard) open(k int) { y.goats[k] = &goat{in: y} }

func (y *yard) feed() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, g := range y.goats {
		g.eat()
	}
}

func (g *goat) eat() {
	g.mu.Lock()
	g.n++
	g.mu.Unlock()
}

func (g *goat) bleat() {
	g.mu.Lock()
	n := g.n
	g.mu.Unlock()
	g.in.hear(n)
}

func (y *yard) hear(n int) {
	y.mu.Lock()
	y.n += n
	y.mu.Unlock()
}

// The second lock is only taken if the caller asks for it.

type mill struct {
	wheel, sack sync.Mutex
	n           int
}

func (m *mill) grind() {
	m.wheel.Lock()
	defer m.wheel.Unlock()
	m.weigh(true)
}

func (m *mill) weigh(lock bool) {
	if lock {
		m.sack.Lock()
		defer m.sack.Unlock()
	}
	m.n++
}

func (m *mill) carry() {
	m.sack.Lock()
	defer m.sack.Unlock()
	m.turn(false)
}

func (m *mill) turn(lock bool) {
	if lock {
		m.wheel.Lock()
		defer m.wheel.Unlock()
	}
	m.n--
}

// All callers of one side hold a third lock, which the other side holds itself.

type office struct {
	door, desk, file sync.Mutex
	n                int
}

func (o *office) enter() {
	o.door.Lock()
	defer o.door.Unlock()
	o.deskThenFile()
}

func (o *office) deskThenFile() {
	o.desk.Lock()
	defer o.desk.Unlock()
	o.fileAway()
}

func (o *office) fileAway() {
	if o.n > 0 {
		o.file.Lock()
		o.n++
		o.file.Unlock()
	}
}

func (o *office) tidy() {
	o.door.Lock()
	defer o.door.Unlock()
	o.file.Lock()
	defer o.file.Unlock()
	o.desk.Lock()
	o.n--
	o.desk.Unlock()
}

// A queue calls back under its lock, into the object that asks the queue under its
// own.

type fed struct {
	mu    sync.Mutex
	ctl   *control
	peers int
}

type control struct{ cfg config }

type config struct {
	items   *fifo
	process func()
}

type fifo struct {
	mu sync.Mutex
	n  int
}

func (f *fifo) synced() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n == 0
}

func (f *fifo) pop(then func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	then()
}

func (c *control) turn() { c.cfg.items.pop(c.cfg.process) }

func (f *fed) addPeer() {
	f.mu.Lock()
	f.peers++
	f.mu.Unlock()
}

func (f *fed) synced() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ctl.cfg.items.synced() // want "f.ctl.cfg.items.mu is locked under f.mu, but fifo.pop takes them the other way round"
}

func newFed() *fed {
	f := &fed{}
	f.ctl = &control{cfg: config{items: &fifo{}, process: func() { f.addPeer() }}}
	return f
}

// The queue calls back when it has let go of its lock.

type wheelhouse struct {
	mu    sync.Mutex
	belt  *belt
	peers int
}

type belt struct {
	mu   sync.Mutex
	n    int
	then func()
}

func (b *belt) synced() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n == 0
}

func (b *belt) pop() {
	b.mu.Lock()
	b.n--
	b.mu.Unlock()
	b.then()
}

func (r *wheelhouse) synced() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.belt.synced()
}

func newWheelhouse() *wheelhouse {
	r := &wheelhouse{belt: &belt{}}
	r.belt.then = func() {
		r.mu.Lock()
		r.peers++
		r.mu.Unlock()
	}
	return r
}
