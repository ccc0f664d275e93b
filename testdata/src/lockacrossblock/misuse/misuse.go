// Package misuse holds lock operations that mean something else.
package misuse

import "sync"

type state struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

func (s *state) deferLock() {
	s.mu.Lock()
	defer s.mu.Lock() // want "deferred s.mu.Lock takes a lock that is held already .locked on line [0-9]+.; defer Unlock"
	s.n++
}

func (s *state) deferRLock() {
	s.rw.RLock()
	defer s.rw.RLock() // want "deferred s.rw.RLock takes a lock that is held already .locked on line [0-9]+.; defer RUnlock"
	s.n++
}

func (s *state) deferOnly() {
	defer s.mu.Lock() // want "deferred s.mu.Lock leaves the lock held when state.deferOnly returns; defer Unlock"
	s.n++
}

func (s *state) deferUnlock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

// unlocked runs f without the lock, which the caller holds.
func (s *state) unlocked(f func()) {
	s.mu.Unlock()
	defer s.mu.Lock()
	f()
}

func (s *state) backwards(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	func() {
		defer s.mu.Lock()
		s.mu.Unlock()
		f()
	}()
}

func (s *state) ignored() {
	s.mu.TryLock() // want "s.mu.TryLock may fail and nobody looks at its result; branch on it, or use Lock"
	s.n++
	s.mu.Unlock()
}

func (s *state) ignoredRead() int {
	_ = s.rw.TryRLock() // want "s.rw.TryRLock may fail and nobody looks at its result; branch on it, or use RLock"
	defer s.rw.RUnlock()
	return s.n
}

func (s *state) looked() {
	if s.mu.TryLock() {
		s.n++
		s.mu.Unlock()
	}
}

func (s *state) kept() bool {
	ok := s.mu.TryLock()
	if !ok {
		return false
	}
	defer s.mu.Unlock()
	s.n++
	return true
}

func (s *state) TryLock() bool { return s.mu.TryLock() }

type gate struct {
	mu sync.Mutex
	n  int
}

func (g *gate) try() bool { return g.mu.TryLock() }

func (g *gate) tryCounting() bool {
	ok := g.mu.TryLock()
	if ok {
		g.n++
	}
	return ok
}

func (g *gate) triesBlindly() {
	g.try() // want "gate.try may fail to take the lock and nobody looks at its result"
	g.n++
	g.mu.Unlock()
}

func (g *gate) triesTwice() {
	_ = g.tryCounting() // want "gate.tryCounting may fail to take the lock"
	if g.try() {
		g.mu.Unlock()
	}
}

func (g *gate) shut() (open func()) {
	g.mu.Lock()
	return g.mu.Unlock
}

func (g *gate) shutAtTheEnd() {
	defer g.shut() // want "deferred gate.shut locks g.mu at the end and drops the unlock it returns"
	g.n++
}

func (g *gate) shutMeanwhile() {
	defer g.shut()()
	g.n++
}

func (g *gate) in()  { g.mu.Lock() }
func (g *gate) out() { g.mu.Unlock() }

func (g *gate) inTwice() {
	g.in()
	defer g.in() // want "deferred, gate.in takes g.mu, which is held already .locked on line"
	g.n++
}

func (g *gate) inAndOut() {
	g.in()
	defer g.out()
	g.n++
}

// outAndIn lets others in for a while.
func (g *gate) outAndIn(f func()) {
	g.out()
	defer g.in()
	f()
}

func (g *gate) inForTheCaller(f func()) {
	g.in()
	defer g.in()
	g.out()
	f()
}

func (g *gate) literal() {
	g.mu.Lock()
	defer func() {
		g.n--
		g.mu.Lock() // want "deferred, a function literal takes g.mu, which is held already"
	}()
	g.n++
}

func (g *gate) literalRight() {
	g.mu.Lock()
	defer func() {
		g.mu.Lock()
		g.n--
		g.mu.Unlock()
	}()
	g.n++
	g.mu.Unlock()
}
