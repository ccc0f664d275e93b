// Package calls holds locks that calls take, keep and give back.
package calls

import "sync"

type state struct {
	mu  sync.Mutex
	out chan int
	n   int
}

func (s *state) lock()   { s.mu.Lock() }
func (s *state) unlock() { s.mu.Unlock() }

func (s *state) other() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *state) wrapped(v int) {
	s.lock()
	defer s.unlock()
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) wrappedAfter(v int) {
	s.lock()
	s.n++
	s.unlock()
	s.out <- v
}

func (s *state) locked() func() {
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *state) lockedLiteral() func() {
	s.mu.Lock()
	return func() {
		s.n++
		s.mu.Unlock()
	}
}

func (s *state) returned(v int) {
	defer s.locked()()
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) returnedEarly(v int) {
	unlock := s.locked()
	s.n++
	unlock()
	s.out <- v
}

func (s *state) returnedLiteral(v int) {
	unlock := s.lockedLiteral()
	if v == 0 {
		s.out <- v // want "s.mu is held across a send on s.out"
	}
	unlock()
	s.out <- v
}

func (s *state) literal(v int) {
	s.mu.Lock()
	unlock := func() { s.mu.Unlock() }
	if v > 0 {
		unlock()
		s.out <- v
		return
	}
	s.out <- v // want "s.mu is held across a send on s.out"
	unlock()
}

func (s *state) deferredLiteral(v int) {
	s.mu.Lock()
	defer func() {
		s.n++
		s.mu.Unlock()
	}()
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) withLock(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *state) unknownUnlock(release func(), v int) {
	s.mu.Lock()
	release()
	s.out <- v
}

type unlocker struct {
	mu     sync.Mutex
	unlock func()
	out    chan int
}

func (u *unlocker) viaField(v int) {
	u.mu.Lock()
	u.unlock = u.mu.Unlock
	u.unlock()
	u.out <- v
}

// putLocked needs the lock.
func (s *state) putLocked(v int) {
	s.out <- v // want "s.mu is held across a send on s.out .by its callers."
}

// put sends v; the caller must hold s.mu.
func (s *state) put(v int) {
	s.out <- v // want "s.mu is held across a send on s.out"
}

// free sends v; s.mu must not be held.
func (s *state) free(v int) { s.out <- v }

func (s *state) callsPut(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putLocked(v)
}

func (s *state) isLocked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n > 0
}

func leaked(s *state, v int) {
	s.mu.Lock()
	unlockIt(&s.mu)
	s.out <- v
}

func unlockIt(mu *sync.Mutex) { mu.Unlock() }

func viaTry(s *state, v int) {
	if s.mu.TryLock() {
		s.out <- v // want "s.mu is held across a send on s.out"
		s.mu.Unlock()
	}
	s.out <- v
}

func viaTryNot(s *state, v int) {
	if !s.mu.TryLock() {
		s.out <- v
		return
	}
	defer s.mu.Unlock()
	s.out <- v // want "s.mu is held across a send on s.out"
}

type inner struct {
	mu  sync.Mutex
	out chan int
}

type outer struct{ *inner }

func (o outer) put(v int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.out <- v // want "o.mu is held across a send on o.out"
}

func (i *inner) touch() {
	i.mu.Lock()
	defer i.mu.Unlock()
}
