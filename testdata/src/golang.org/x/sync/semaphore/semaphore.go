// Package semaphore is a stub: the declarations of the real one, with bodies
// that behave like it as far as fixtures can tell.
package semaphore

import (
	"context"
	"sync"
)

type Weighted struct {
	mu      sync.Mutex
	free    int64
	changed chan struct{}
}

func NewWeighted(n int64) *Weighted { return &Weighted{free: n, changed: make(chan struct{})} }

func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	for {
		s.mu.Lock()
		if s.free >= n {
			s.free -= n
			s.mu.Unlock()
			return nil
		}
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *Weighted) TryAcquire(n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free < n {
		return false
	}
	s.free -= n
	return true
}

func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free += n
	close(s.changed)
	s.changed = make(chan struct{})
}
