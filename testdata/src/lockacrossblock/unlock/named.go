package unlock

import (
	"errors"
	"sync"
)

// A name that speaks of taking something does not say that the lock stays taken, if
// nobody could give it back.

var errClosed = errors.New("closed")

type conn struct {
	mu     sync.RWMutex
	closed bool
}

func (c *conn) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}

type remote struct{ c *conn }

func (r *remote) acquire(try func() bool) error {
	for {
		r.c.mu.RLock()
		if r.c.closed {
			return errClosed // want "r.c.mu is still locked at this return .*, other returns unlock it"
		}
		r.c.mu.RUnlock()
		if try() {
			return nil
		}
	}
}

func (r *remote) use() error { return r.acquire(func() bool { return true }) }

// Somebody gives it back.

type slot struct {
	mu   sync.Mutex
	busy bool
}

func (s *slot) acquire() {
	for {
		s.mu.Lock()
		if !s.busy {
			return
		}
		s.mu.Unlock()
	}
}

func (s *slot) release() { s.mu.Unlock() }

func (s *slot) do() {
	s.acquire()
	s.busy = true
	s.release()
}

// What the comment says is meant.

type berth struct {
	mu   sync.Mutex
	busy bool
}

// acquire returns with the lock held, for good.
func (b *berth) acquire() {
	for {
		b.mu.Lock()
		if !b.busy {
			return
		}
		b.mu.Unlock()
	}
}

func (b *berth) do() { b.acquire() }
