package chanop

import (
	"sync"
	"time"
)

// Whoever ends the wait takes the lock first, so that only time does.

type latch struct {
	mu   sync.Mutex
	set  bool
	done chan struct{}
}

func newLatch() *latch { return &latch{done: make(chan struct{})} }

func (l *latch) signal() {
	l.mu.Lock()
	l.set = true
	l.mu.Unlock()
	close(l.done)
}

func (l *latch) within(d time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.set {
		select { // want "l.mu is held across a select without default"
		case <-l.done:
		case <-time.After(d):
		}
	}
	return l.set
}

// It comes without the lock.

type bell struct {
	mu   sync.Mutex
	set  bool
	done chan struct{}
}

func newBell() *bell { return &bell{done: make(chan struct{})} }

func (l *bell) signal() { close(l.done) }

func (l *bell) within(d time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.set {
		select {
		case <-l.done:
			l.set = true
		case <-time.After(d):
		}
	}
	return l.set
}

// What is called lets go of the lock, which it knows by another name.

type signal struct {
	L    sync.Locker
	done chan struct{}
}

func (s *signal) wait(d time.Duration) {
	s.L.Unlock()
	defer s.L.Lock()
	select {
	case <-s.done:
	case <-time.After(d):
	}
}

type valve struct {
	mu   sync.Mutex
	set  bool
	sign *signal
}

func newValve() *valve {
	v := &valve{}
	v.sign = &signal{&v.mu, make(chan struct{})}
	return v
}

func (v *valve) signal() {
	v.mu.Lock()
	v.set = true
	v.mu.Unlock()
	close(v.sign.done)
}

func (v *valve) within(d time.Duration) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.set {
		v.sign.wait(d)
	}
	return v.set
}

// What is called keeps the lock all the time.

type chime struct{ done chan struct{} }

func (c *chime) await(d time.Duration) {
	done := c.done
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
	}
}

type tap struct {
	mu    sync.Mutex
	set   bool
	chime *chime
}

func newTap() *tap { return &tap{chime: &chime{make(chan struct{})}} }

func (t *tap) signal() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set = true
	close(t.chime.done)
}

func (t *tap) within(d time.Duration) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.set {
		t.chime.await(d) // want "t.mu is held across chime.await, which waits in a select"
	}
	return t.set
}
