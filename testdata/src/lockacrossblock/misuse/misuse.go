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
