// Package relock holds locks that are taken while they are held.
package relock

import "sync"

type state struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

func (s *state) twice() {
	s.mu.Lock()
	s.mu.Lock() // want "s.mu is locked again while it is held .locked on line"
	s.mu.Unlock()
	s.mu.Unlock()
}

func (s *state) afterDefer() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.mu.Lock() // want "s.mu is locked again while it is held"
}

func (s *state) upgrade() {
	s.rw.RLock()
	defer s.rw.RUnlock()
	s.rw.Lock() // want "s.rw is locked while its read lock is held .locked on line [0-9]+.; RUnlock first"
	s.n++
	s.rw.Unlock()
}

func (s *state) downgrade() {
	s.rw.Lock()
	defer s.rw.Unlock()
	s.rw.RLock() // want "s.rw is read-locked while it is held"
}

func (s *state) recursive() {
	s.rw.RLock()
	s.rw.RLock() // want "s.rw is read-locked again while it is held"
	s.rw.RUnlock()
	s.rw.RUnlock()
}

func (s *state) upgradeRight() {
	s.rw.RLock()
	n := s.n
	s.rw.RUnlock()
	s.rw.Lock()
	s.n = n + 1
	s.rw.Unlock()
}

func (s *state) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (s *state) getTwice() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get() + s.n // want "state.get locks s.mu, which is held already"
}

func (s *state) further() int { return s.get() }

func (s *state) through() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.further() // want "state.further locks s.mu, which is held already"
}

func (s *state) ofOther(o *state) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return o.get()
}

func (s *state) getIf(lock bool) int {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.n
}

func (s *state) conditional() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.getIf(false)
}

func (s *state) inGoroutine() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.n++
	}()
	go s.get()
}

func (s *state) inPlace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	func() {
		s.mu.Lock() // want "s.mu is locked again while it is held"
		s.mu.Unlock()
	}()
}

func (s *state) branches(b bool) {
	if b {
		s.mu.Lock()
	} else {
		s.n++
	}
	if b {
		s.mu.Unlock()
	}
	s.mu.Lock()
	s.mu.Unlock()
}

func (s *state) loop() {
	for range 3 {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
	}
}

func (s *state) loopDeferred() {
	for range 3 {
		func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.n++
		}()
	}
}

// bumpLocked needs s.mu.
func (s *state) bumpLocked() { s.n++ }

func (s *state) bump() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bumpLocked()
}

type node struct {
	mu   sync.Mutex
	next *node
}

func handOverHand(n *node) {
	n.mu.Lock()
	for n.next != nil {
		next := n.next
		next.mu.Lock()
		n.mu.Unlock()
		n = next
	}
	n.mu.Unlock()
}

type owner struct {
	cur *node
}

func (o *owner) swap(other *node) {
	o.cur.mu.Lock()
	old := o.cur
	o.cur = other
	o.cur.mu.Lock()
	o.cur.mu.Unlock()
	old.mu.Unlock()
}

var mu sync.Mutex

func global() {
	mu.Lock()
	defer mu.Unlock()
	inner() // want "inner locks mu, which is held already"
}

func inner() {
	mu.Lock()
	defer mu.Unlock()
}

type onlyReads struct {
	rw sync.RWMutex
	n  int
}

func (o *onlyReads) a() int {
	o.rw.RLock()
	defer o.rw.RUnlock()
	return o.b()
}

func (o *onlyReads) b() int {
	o.rw.RLock()
	defer o.rw.RUnlock()
	return o.n
}

type shards struct{ s [4]state }

func (s *shards) all() {
	for i := range s.s {
		s.s[i].mu.Lock()
	}
	for i := range s.s {
		s.s[i].mu.Unlock()
	}
}

func pair(a, b *state) {
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
}

type gen[T any] struct {
	mu sync.Mutex
	v  T
}

func (g *gen[T]) get() T {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.v
}

func (g *gen[T]) both() (T, T) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.v, g.get() // want "gen.get locks g.mu, which is held already"
}

type wrapper struct{ state }

func (w *wrapper) Lock()   { w.mu.Lock() }
func (w *wrapper) Unlock() { w.mu.Unlock() }

func (w *wrapper) use() int {
	w.Lock()
	defer w.Unlock()
	return w.get() // want "state.get locks w.state.mu, which is held already"
}

func (w *wrapper) useRight() int {
	w.Lock()
	n := w.n
	w.Unlock()
	return n + w.get()
}

func handedOver(s *state) {
	done := make(chan bool, 1)
	s.mu.Lock()
	go func() {
		s.n++
		s.mu.Unlock()
		done <- true
	}()
	<-done
	s.mu.Lock()
	s.mu.Unlock()
}

func (s *state) deferInLoop(xs []int) {
	for _, x := range xs {
		s.mu.Lock() // want "s.mu is locked by each turn of the loop, its deferred Unlock runs after the last"
		defer s.mu.Unlock()
		s.n += x
	}
}

func (s *state) deferInLastTurn(xs []int) int {
	for _, x := range xs {
		if x == 0 {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.n
		}
	}
	return 0
}

type flusher struct {
	mu sync.Mutex
	n  int
}

func (f *flusher) flush() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = 0
}

// flushesFirst defers the call behind the unlock, so that it runs before it.
func (f *flusher) flushesFirst() {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.flush() // want "flusher.flush locks f.mu, which is held already .locked on line [0-9]+.; it runs before the deferred unlock"
	f.n++
}

func (f *flusher) flushesLast() {
	defer f.flush()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
}

// unlocksBefore has nothing deferred that unlocks.
func (f *flusher) unlocksBefore() {
	f.mu.Lock()
	defer f.flush()
	f.n++
	f.mu.Unlock()
}
