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
