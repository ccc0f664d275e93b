// Package answered holds waits under locks that go on whoever wants the lock, and
// their twins that do not.
package answered

import (
	"context"
	"sync"
)

// feed is served by a goroutine that never needs the lock.
type feed struct {
	mu   sync.Mutex
	n    int
	jobs chan int
	quit chan struct{}
}

func newFeed() *feed {
	f := &feed{jobs: make(chan int), quit: make(chan struct{})}
	go f.serve()
	return f
}

func (f *feed) serve() {
	sum := 0
	for {
		select {
		case v := <-f.jobs:
			sum += v
		case <-f.quit:
			return
		}
	}
}

func (f *feed) offer(v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	select {
	case f.jobs <- v:
	case <-f.quit:
	}
}

func (f *feed) size() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

func (f *feed) end() { close(f.quit) }

// stuck is served by a goroutine that needs the lock now and then.
type stuck struct {
	mu   sync.Mutex
	n    int
	jobs chan int
	quit chan struct{}
}

func newStuck() *stuck {
	s := &stuck{jobs: make(chan int), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *stuck) serve() {
	for {
		select {
		case v := <-s.jobs:
			if v > 3 {
				s.count()
			}
		case <-s.quit:
			return
		}
	}
}

func (s *stuck) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

func (s *stuck) offer(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select { // want "s.mu is held across a select without default|s.mu is held across a select"
	case s.jobs <- v:
	case <-s.quit:
	}
}

func (s *stuck) end() { close(s.quit) }

// sealed announces its end with the lock in hand, which the sender waits for.
type sealed struct {
	mu   sync.Mutex
	jobs chan int
	quit chan struct{}
}

func newSealed() *sealed {
	s := &sealed{jobs: make(chan int), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *sealed) serve() {
	for {
		select {
		case <-s.jobs:
		case <-s.quit:
			return
		}
	}
}

func (s *sealed) offer(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select { // want "s.mu is held across a select"
	case s.jobs <- v:
	case <-s.quit:
	}
}

func (s *sealed) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.quit)
}

// tour waits for its next stop; who wants the lock cancels first.
type tour struct {
	mu     sync.Mutex
	ctx    context.Context
	cancel context.CancelFunc
	next   <-chan int
	at     int
}

func (t *tour) step() {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case t.at = <-t.next:
	case <-t.ctx.Done():
	}
}

func (t *tour) Close() {
	t.cancel()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = 0
}

// trip is a tour whose end needs the lock before it cancels.
type trip struct {
	mu     sync.Mutex
	ctx    context.Context
	cancel context.CancelFunc
	next   <-chan int
	at     int
}

func (t *trip) step() {
	t.mu.Lock()
	defer t.mu.Unlock()
	select { // want "t.mu is held across a select"
	case t.at = <-t.next:
	case <-t.ctx.Done():
	}
}

func (t *trip) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = 0
	t.cancel()
}

// member ends in a function that only runs once, and only after the signal.
type member struct {
	mu   sync.Mutex
	once sync.Once
	gone chan struct{}
	seen int
}

func (m *member) join(left <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	select {
	case <-m.gone:
	case <-left:
	}
	m.seen++
}

func (m *member) Close() {
	m.once.Do(func() {
		close(m.gone)
		m.leave()
	})
}

func (m *member) leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen = 0
}

// tape guards the close of its channel with a read lock.
type tape struct {
	mu     sync.RWMutex
	closed bool
	lines  chan string
}

func newTape() *tape {
	t := &tape{lines: make(chan string)}
	go t.write()
	return t
}

func (t *tape) write() {
	n := 0
	for l := range t.lines {
		n += len(l)
	}
}

func (t *tape) add(l string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if !t.closed {
		t.lines <- l
	}
}

func (t *tape) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	close(t.lines)
}

// spool needs the lock when it finds its channel closed, and not before.
type spool struct {
	mu     sync.RWMutex
	closed bool
	lines  chan string
	tick   chan int
}

func newSpool() *spool {
	s := &spool{lines: make(chan string), tick: make(chan int)}
	go s.write()
	return s
}

func (s *spool) write() {
	n := 0
	for {
		select {
		case l, open := <-s.lines:
			if !open {
				s.mu.Lock()
				s.closed = true
				s.mu.Unlock()
				return
			}
			n += len(l)
		case <-s.tick:
			n = 0
		}
	}
}

func (s *spool) add(l string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.closed {
		s.lines <- l
	}
}

func (s *spool) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	close(s.lines)
}

// roomy has a buffer that is sized for the worst.
type roomy struct {
	mu   sync.Mutex
	last int
	out  chan int
}

func newRoomy(n int) *roomy { return &roomy{out: make(chan int, n)} }

func (r *roomy) Out() <-chan int { return r.out }

func (r *roomy) tell(ctx context.Context, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = v
	select {
	case r.out <- v:
	case <-ctx.Done():
	}
}

func (r *roomy) get() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// narrow has room for eight.
type narrow struct {
	mu   sync.Mutex
	last int
	out  chan int
}

func newNarrow() *narrow { return &narrow{out: make(chan int, 8)} }

func (n *narrow) Out() <-chan int { return n.out }

func (n *narrow) tell(ctx context.Context, v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last = v
	select { // want "n.mu is held across a select"
	case n.out <- v:
	case <-ctx.Done():
	}
}

// pump hears of the end like its senders, and only then needs the lock.
type pump struct {
	mu   sync.Mutex
	shut bool
	in   chan int
	quit chan struct{}
}

func newPump() *pump {
	p := &pump{in: make(chan int), quit: make(chan struct{})}
	go p.run()
	return p
}

func (p *pump) run() {
	for {
		select {
		case <-p.in:
		case <-p.quit:
			p.mu.Lock()
			p.shut = true
			p.mu.Unlock()
			return
		}
	}
}

func (p *pump) put(v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shut {
		return
	}
	select {
	case p.in <- v:
	case <-p.quit:
	}
}

func (p *pump) end() { close(p.quit) }

// reel reads ahead; who gives it up stops the reader, then takes what is left.
type reel struct {
	mu     sync.Mutex
	frames chan int
	quit   chan struct{}
	at     int
}

func newReel() *reel {
	r := &reel{frames: make(chan int), quit: make(chan struct{})}
	go r.fill()
	return r
}

func (r *reel) fill() {
	defer close(r.frames)
	for i := 0; ; i++ {
		select {
		case r.frames <- i:
		case <-r.quit:
			return
		}
	}
}

func (r *reel) stop() { close(r.quit) }

func (r *reel) Next() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = <-r.frames
	return r.at
}

func (r *reel) Abandon() {
	r.stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for f := range r.frames {
		r.at = f
	}
}
