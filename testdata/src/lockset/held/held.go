// Package held marks, at each call of probe, which locks are certainly held.
package held

import (
	"iter"
	"sync"
)

func probe() {}

type state struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	next *state
	n    int
}

func plain(s *state) {
	probe() // held:
	s.mu.Lock()
	probe() // held: s.mu
	s.rw.RLock()
	probe() // held: s.mu, s.rw(read)
	s.mu.Unlock()
	probe() // held: s.rw(read)
	s.rw.RUnlock()
	probe() // held:
}

func deferred(s *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	probe() // held: s.mu
}

func joins(s *state, b bool) {
	if b {
		s.mu.Lock()
		probe() // held: s.mu
	}
	probe() // held:
	if b {
		s.mu.Unlock()
	}
	probe() // held:
}

func bothPaths(s *state, b bool) {
	if b {
		s.mu.Lock()
	} else {
		s.mu.Lock()
		s.n++
	}
	probe() // held: s.mu
	s.mu.Unlock()
}

func loops(s *state) {
	for range 3 {
		probe() // held:
		s.mu.Lock()
		probe() // held: s.mu
		s.mu.Unlock()
	}
	s.mu.Lock()
	for range 3 {
		probe() // held: s.mu
	}
	s.mu.Unlock()
}

func tries(s *state) {
	if s.mu.TryLock() {
		probe() // held: s.mu
		s.mu.Unlock()
	} else {
		probe() // held:
	}
	ok := s.rw.TryRLock()
	if !ok {
		probe() // held:
		return
	}
	probe() // held: s.rw(read)
	s.rw.RUnlock()
}

func (s *state) lock()   { s.mu.Lock() }
func (s *state) unlock() { s.mu.Unlock() }

func (s *state) lockIf(b bool) {
	if b {
		s.mu.Lock()
	}
}

func wrappers(s *state) {
	s.lock()
	probe() // held: s.mu
	s.unlock()
	probe() // held:
	s.lockIf(false)
	probe() // held:
	s.lockIf(true)
	probe() // held: s.mu
}

func moves(s *state) {
	s.next.mu.Lock()
	probe() // held: s.next.mu
	s.next = nil
	probe() // held:
}

func elements(ss []state) {
	ss[0].mu.Lock()
	probe() // held: ss[0].mu
	ss[1].mu.Lock()
	ss[0].mu.Unlock()
	probe() // held:
}

func renewed() {
	for range 2 {
		s := &state{}
		probe() // held:
		s.mu.Lock()
		probe() // held: s.mu
	}
}

func iterates(s *state, seq iter.Seq[int]) {
	s.mu.Lock()
	for range seq {
		probe() // held: s.mu
	}
	s.mu.Unlock()
}

func iteratesUnlocking(s *state, seq iter.Seq[int]) {
	s.mu.Lock()
	for v := range seq {
		if v == 0 {
			s.mu.Unlock()
			return
		}
	}
	s.mu.Unlock()
}

// byName has a lock by convention.
func (t *tagged) byNameLocked() {
	probe() // held: t.mu
}

// byComment needs the lock: the caller must hold t.mu.
func (t *tagged) byComment() {
	probe() // held: t.mu
	t.mu.Unlock()
	probe() // held:
	t.mu.Lock()
	probe() // held: t.mu
}

// byOther is called with the server's lock held.
func (t *tagged) byOther() {
	probe() // held:
}

// byDenial must be called without t.mu held.
func (t *tagged) byDenial() {
	probe() // held:
}

type tagged struct {
	mu sync.Mutex
	n  int
}

func locker(l sync.Locker) {
	l.Lock()
	probe() // held: l
	l.Unlock()
}

func leaks(mu *sync.Mutex, give func(*sync.Mutex)) {
	mu.Lock()
	probe() // held: mu
	give(mu)
	probe() // held:
}

func relocksByDefer(s *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	func() {
		s.mu.Unlock()
		defer s.mu.Lock()
		probe() // held:
	}()
	probe() // held: s.mu
}

func recursive(s *state, n int) {
	if n == 0 {
		return
	}
	s.mu.Lock()
	probe() // held: s.mu
	s.mu.Unlock()
	recursive(s, n-1)
	probe() // held:
}

func inGoroutine(s *state) {
	s.mu.Lock()
	go func() {
		probe() // held:
	}()
	s.mu.Unlock()
}

func generic[T any](s *box[T]) {
	s.mu.Lock()
	probe() // held: s.mu
	s.mu.Unlock()
}

type box[T any] struct {
	mu sync.Mutex
	v  T
}
