package deadlock

import "sync"

type poller struct {
	mu         sync.Mutex
	quit, gone chan struct{}
	turns      int
}

func newPoller() *poller {
	p := &poller{quit: make(chan struct{}), gone: make(chan struct{})}
	go p.run()
	return p
}

func (p *poller) run() {
	defer close(p.gone)
	<-p.quit
	p.reset()
}

func (p *poller) reset() {
	p.mu.Lock()
	p.turns = 0
	p.mu.Unlock()
}

func (p *poller) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.quit)
	<-p.gone // want "p.mu is held across a receive from p.gone"
}

func pollOnce() { newPoller().stop() }

type quietPoller struct {
	mu         sync.Mutex
	quit, gone chan struct{}
	turns      int
}

func newQuietPoller() *quietPoller {
	p := &quietPoller{quit: make(chan struct{}), gone: make(chan struct{})}
	go p.run()
	return p
}

func (p *quietPoller) run() {
	defer close(p.gone)
	<-p.quit
	p.mu.Lock()
	p.turns = 0
	p.mu.Unlock()
}

func (p *quietPoller) stop() {
	p.mu.Lock()
	close(p.quit)
	p.mu.Unlock()
	<-p.gone
}

func pollQuietly() { newQuietPoller().stop() }

type watch struct {
	mu  sync.RWMutex
	set chan struct{}
	v   int
}

func (w *watch) put(v int) {
	w.mu.Lock()
	w.v = v
	w.mu.Unlock()
	close(w.set)
}

func (w *watch) get() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	<-w.set // want "w.mu is held across a receive from w.set"
	return w.v
}

func watchOnce() int {
	w := &watch{set: make(chan struct{})}
	go w.put(7)
	return w.get()
}

// writerBetween has a writer that keeps a second reader out, for whom the first
// one waits.
func writerBetween(f func()) {
	var mu sync.RWMutex
	seen := make(chan struct{})
	mu.RLock()
	go func() {
		mu.Lock()
		f()
		mu.Unlock()
	}()
	go func() {
		mu.RLock()
		f()
		mu.RUnlock()
		close(seen)
	}()
	<-seen // want "mu is held across a receive from seen"
	mu.RUnlock()
}

func readersOnly(f func()) {
	var mu sync.RWMutex
	seen := make(chan struct{})
	mu.RLock()
	go func() {
		mu.RLock()
		f()
		mu.RUnlock()
		close(seen)
	}()
	<-seen
	mu.RUnlock()
	mu.Lock()
	f()
	mu.Unlock()
}

func waitOuter(work func()) {
	var outer, inner sync.Mutex
	ready := false
	c := sync.NewCond(&inner)
	go func() {
		work()
		outer.Lock()
		inner.Lock()
		ready = true
		inner.Unlock()
		outer.Unlock()
		c.Broadcast()
	}()
	outer.Lock()
	inner.Lock()
	for !ready {
		c.Wait() // want "outer is held across c.Wait, but whoever signals needs outer too"
	}
	inner.Unlock()
	outer.Unlock()
}

func waitInner(work func()) {
	var outer, inner sync.Mutex
	ready := false
	c := sync.NewCond(&inner)
	go func() {
		work()
		outer.Lock()
		inner.Lock()
		ready = true
		inner.Unlock()
		outer.Unlock()
		c.Broadcast()
	}()
	inner.Lock()
	for !ready {
		c.Wait()
	}
	inner.Unlock()
	outer.Lock()
	outer.Unlock()
}

// readAgain reads a second time in a callee, and a writer may come in between.
func readAgain(f func()) {
	var mu sync.RWMutex
	go func() {
		mu.Lock()
		f()
		mu.Unlock()
	}()
	mu.RLock()
	if err := check(&mu, f); err != nil {
		f()
	}
	mu.RUnlock()
}

func check(mu *sync.RWMutex, f func()) error {
	f()
	mu.RLock() // want "mu is read-locked again while it is held"
	defer mu.RUnlock()
	f()
	return nil
}

type basket struct {
	mu    sync.Mutex
	items []int
	full  chan struct{}
}

func (b *basket) each(f func(int)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, v := range b.items {
		f(v)
	}
}

func (b *basket) put(v int) {
	b.mu.Lock()
	b.items = append(b.items, v)
	b.mu.Unlock()
}

// double comes back for the lock under which its literal runs.
func double() {
	b := &basket{full: make(chan struct{})}
	go func() {
		b.put(1)
		close(b.full)
	}()
	<-b.full
	b.each(func(v int) { b.put(v) }) // want "basket.put locks b.mu, which is held already"
}

func doubleLater() {
	b := &basket{full: make(chan struct{})}
	go func() {
		b.put(1)
		close(b.full)
	}()
	<-b.full
	var all []int
	b.each(func(v int) { all = append(all, v) })
	for _, v := range all {
		b.put(v)
	}
}

type shelf struct {
	mu    sync.Mutex
	books []string
}

func (s *shelf) visit(f func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.books {
		f(b)
	}
}

func (s *shelf) add(b string) {
	s.mu.Lock()
	s.books = append(s.books, b)
	s.mu.Unlock()
}

// copies locks twice with nobody else about.
func copies(b string) *shelf {
	s := &shelf{}
	s.add(b)
	s.visit(func(b string) { s.add(b) }) // want "shelf.add locks s.mu, which is held already"
	return s
}

func copiesTo(b string) *shelf {
	s, t := &shelf{}, &shelf{}
	s.add(b)
	s.visit(func(b string) { t.add(b) })
	return t
}
