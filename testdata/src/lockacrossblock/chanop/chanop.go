// Package chanop holds channel operations under locks.
package chanop

import (
	"context"
	"sync"
	"time"
)

type event struct{ n int }

type store struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	out  chan event
	in   chan event
	done chan struct{}
	n    int
}

// other takes the locks as well, so that they are not private to one function.
func (s *store) other() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.rw.Lock()
	s.n++
	s.rw.Unlock()
}

func (s *store) send(e event) {
	s.mu.Lock()
	s.out <- e // want "s.mu is held across a send on s.out .locked on line"
	s.mu.Unlock()
}

func (s *store) sendDeferred(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.out <- e // want "s.mu is held across a send on s.out"
}

func (s *store) sendAfter(e event) {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.out <- e
}

func (s *store) receive() event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return <-s.in // want "s.mu is held across a receive from s.in"
}

func (s *store) ranges() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for e := range s.in { // want "s.mu is held across a range over s.in"
		s.n += e.n
	}
}

func (s *store) selects(ctx context.Context, e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select { // want "s.mu is held across a select without default"
	case s.out <- e:
	case <-ctx.Done():
	}
}

func (s *store) selectsOrNot(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.out <- e:
	default:
		s.n++
	}
}

func (s *store) loneCase(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.out <- e: // want "s.mu is held across a send on s.out"
	}
}

func (s *store) timed(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.out <- e:
	case <-time.After(time.Second):
	}
}

func (s *store) readLocked(e event) {
	s.rw.RLock()
	defer s.rw.RUnlock()
	s.out <- e // want "s.rw is held across a send on s.out"
}

func (s *store) onOnePath(e event, urgent bool) {
	s.mu.Lock()
	if urgent {
		s.out <- e // want "s.mu is held across a send on s.out"
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	s.out <- e
}

func (s *store) maybeLocked(e event, lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.out <- e
}

func (s *store) relocks(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.mu.Unlock()
	s.out <- e
	s.mu.Lock()
}

func (s *store) inLoop(es []event) {
outer:
	for _, e := range es {
		s.mu.Lock()
		for range e.n {
			if e.n > 3 {
				s.mu.Unlock()
				continue outer
			}
			s.out <- e // want "s.mu is held across a send on s.out"
		}
		s.mu.Unlock()
	}
}

func (s *store) spawns(e event) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() { s.out <- e }()
	return func() { s.out <- e }
}

func (s *store) emit(e event) { s.out <- e }

func (s *store) oneCallAway(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emit(e) // want "s.mu is held across store.emit, which sends on s.out"
}

func (s *store) calleeUnlocks(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emitUnlocked(e)
}

// emitUnlocked gives the lock back while it sends; s.mu must be held.
func (s *store) emitUnlocked(e event) {
	s.mu.Unlock()
	s.out <- e
	s.mu.Lock()
}

func (s *store) sendLocked(e event) {
	s.n++
	s.done <- struct{}{}
}

func (s *store) inPlace(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	func() {
		s.out <- e // want "s.mu is held across a send on s.out"
	}()
}

func newStore(e event) *store {
	s := &store{out: make(chan event), in: make(chan event)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out <- e
	return s
}

// Close ends the store: waiting is what it is for.
func (s *store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done <- struct{}{}
}

func (s *store) restart(cancel context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	cancel()
	<-s.done
}

var (
	global sync.Mutex
	pipe   = make(chan int)
)

func toGlobal(v int) {
	global.Lock()
	pipe <- v // want "global is held across a send on pipe"
	global.Unlock()
}

func touchGlobal() {
	global.Lock()
	defer global.Unlock()
}

func byParameter(mu *sync.Mutex, out chan<- int) {
	mu.Lock()
	defer mu.Unlock()
	out <- 1 // want "mu is held across a send on out"
}

func byLocker(l sync.Locker, out chan<- int) {
	l.Lock()
	defer l.Unlock()
	out <- 1 // want "l is held across a send on out"
}

type embeds struct {
	sync.Mutex
	out chan int
}

func (e *embeds) put(v int) {
	e.Lock()
	defer e.Unlock()
	e.out <- v // want "e.Mutex is held across a send on e.out"
}

type box[T any] struct {
	mu  sync.Mutex
	out chan T
}

func (b *box[T]) put(v T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.out <- v // want "b.mu is held across a send on b.out"
}

func useBox(b *box[int]) { b.put(1) }

type conn struct {
	mu  sync.Mutex
	out chan int
}

type pool struct {
	mu    sync.Mutex
	conns map[string]*conn
	list  []*conn
}

func (p *pool) toAll(v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.out <- v // want "p.mu is held across a send on c.out"
	}
}

func (p *pool) elements(v int) {
	for i := range p.list {
		p.list[i].mu.Lock()
		p.list[i].mu.Unlock()
		p.list[i].out <- v
	}
	for _, c := range p.list {
		c.mu.Lock()
		c.out <- v // want "c.mu is held across a send on c.out"
		c.mu.Unlock()
	}
}

type fakeStore struct {
	mu  sync.Mutex
	out chan int
}

func (f *fakeStore) put(v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.out <- v
}

func (s *store) deferredSend(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		s.out <- e // want "s.mu is held across a send on s.out"
	}()
	s.n++
}

func (s *store) waitsForContext(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	<-ctx.Done() // want "s.mu is held across a receive from ctx.Done"
}

func (s *store) waitsForClock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	<-time.After(time.Second) // want "s.mu is held across a receive from time.After"
}

func (s *store) methodValues(e event) {
	lock, unlock := s.mu.Lock, s.mu.Unlock
	lock()
	s.out <- e // want "s.mu is held across a send on s.out"
	unlock()
}
