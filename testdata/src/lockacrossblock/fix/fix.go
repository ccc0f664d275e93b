// Package fix holds what can be put right by machine.
package fix

import "sync"

type state struct {
	mu  sync.Mutex
	out chan int
	n   int
}

func (s *state) touch() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *state) lastSend(v int) {
	s.mu.Lock()
	s.n += v
	s.out <- v // want "s.mu is held across a send on s.out"
	s.mu.Unlock()
}

func (s *state) guardedSend() {
	s.mu.Lock()
	s.out <- s.n // want "s.mu is held across a send on s.out"
	s.mu.Unlock()
}

func (s *state) nothingElse(v int) {
	s.mu.Lock()
	s.out <- v // want "s.mu is held across a send on s.out"
	s.mu.Unlock()
}

func (s *state) nothingElseDeferred(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) notLast(v int) {
	s.mu.Lock()
	s.out <- v // want "s.mu is held across a send on s.out"
	s.n++
	s.mu.Unlock()
}

func (s *state) deferred() {
	s.mu.Lock()
	defer s.mu.Lock() // want "takes a lock that is held already"
	s.n++
}

type table struct {
	rw sync.RWMutex
	m  map[string]int
}

func (t *table) get(k string) (int, bool) {
	t.rw.RLock()
	v, ok := t.m[k]
	if !ok {
		return 0, false // want "t.rw is still locked at this return"
	}
	t.rw.RUnlock()
	return v, true
}

func (t *table) first(k string) int {
	t.rw.RLock()
	if k == "" {
		return t.m[k] // want "t.rw is still locked at this return"
	}
	t.rw.RUnlock()
	return 0
}

func (t *table) each(ks []string) int {
	n := 0
	for _, k := range ks {
		t.rw.RLock()
		if t.m[k] == 0 {
			continue // want "t.rw is still locked when the loop comes round and locks it again"
		}
		n += t.m[k]
		t.rw.RUnlock()
	}
	return n
}

// A send at the end that a deferred unlock comes after.

func (s *state) deferredSend(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += v
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) deferredGuarded() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.out <- s.n // want "s.mu is held across a send on s.out"
}

func (s *state) deferredAround(v int, f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()        // may panic
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) deferredEarly(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.n == v {
		return
	}
	s.out <- v // want "s.mu is held across a send on s.out"
}

func (s *state) deferredMore(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { s.n++ }()
	s.n = v
	s.out <- v // want "s.mu is held across a send on s.out"
}

// The value is shared with a goroutine, which locks for it.
func (s *state) shared() {
	v := 0
	go func() {
		s.mu.Lock()
		v++
		s.mu.Unlock()
	}()
	s.mu.Lock()
	s.n++
	s.out <- v // want "s.mu is held across a send on s.out"
	s.mu.Unlock()
}

// Every way out unlocks at its end, but for one that reads what is guarded.

func (t *table) total(ks []string) (int, bool) {
	t.rw.RLock()
	n := 0
	for _, k := range ks {
		v, ok := t.m[k]
		if !ok {
			t.rw.RUnlock()
			return 0, false
		}
		n += v
	}
	if n > len(t.m) {
		return len(t.m), true // want "t.rw is still locked at this return"
	}
	if n == 0 {
		return 0, true // want "t.rw is still locked at this return"
	}
	t.rw.RUnlock()
	return n, true
}

func (t *table) put(k string, v int) {
	t.rw.Lock()
	if old := t.m[k]; old > v {
		t.m[k] = old + v
		return // want "t.rw is still locked at this return"
	}
	t.m[k] = v
	t.rw.Unlock()
}

// A result that is computed after the unlock may take its time, and may lock.
func (t *table) thenCall(k string, f func(int) int) int {
	t.rw.RLock()
	v := t.m[k]
	if v == 0 {
		return t.m[""] // want "t.rw is still locked at this return"
	}
	t.rw.RUnlock()
	return f(v)
}

// What is deferred behind the lock would come to run under it.
func (t *table) otherDefer(k string, f func()) int {
	t.rw.RLock()
	defer f()
	v := t.m[k]
	if v == 0 {
		return t.m[""] // want "t.rw is still locked at this return"
	}
	t.rw.RUnlock()
	return v
}

// Work after the unlock would come to be done under it.
func (t *table) worksOn(k string, f func()) int {
	t.rw.RLock()
	v := t.m[k]
	if v == 0 {
		return t.m[""] // want "t.rw is still locked at this return"
	}
	t.rw.RUnlock()
	f()
	return v
}

// In a loop a deferred unlock comes too late.
func (t *table) inLoop(ks []string) int {
	for _, k := range ks {
		t.rw.RLock()
		if t.m[k] == 0 {
			return t.m[""] // want "t.rw is still locked at this return"
		}
		t.rw.RUnlock()
	}
	return 0
}

// What never changes may be shared.
func (s *state) sharedConst(v int) {
	go func() {
		s.mu.Lock()
		s.n += v
		s.out <- v // want "s.mu is held across a send on s.out"
		s.mu.Unlock()
	}()
}
