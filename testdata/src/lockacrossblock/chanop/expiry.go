package chanop

import (
	"sync"
	"time"
)

// A goroutine that waits once, for a word or for the time, takes the lock when the
// time comes first: then nobody receives the word any more. Whoever sends it hears
// of the end, but who announces the end needs the lock as well.

type expiry struct {
	mu   sync.Mutex
	live map[string]bool
	idle chan struct{}
	quit chan struct{}
}

func newExpiry() *expiry {
	e := &expiry{live: map[string]bool{}, idle: make(chan struct{}), quit: make(chan struct{})}
	go e.expire(time.Hour)
	return e
}

func (e *expiry) expire(after time.Duration) {
	t := time.NewTimer(after)
	defer t.Stop()
	select {
	case <-e.quit:
	case <-e.idle:
	case <-t.C:
		e.mu.Lock()
		clear(e.live)
		e.mu.Unlock()
	}
}

func (e *expiry) remove(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.live, name)
	if len(e.live) == 0 {
		select { // want "e.mu is held across a select without default, but the receiver needs e.mu too"
		case e.idle <- struct{}{}:
		case <-e.quit:
		}
	}
}

func (e *expiry) stop() {
	e.mu.Lock()
	close(e.quit)
	e.mu.Unlock()
}

// The same if the lock is only taken once the end is near, of which both hear.

type parting struct {
	mu   sync.Mutex
	live map[string]bool
	idle chan struct{}
	quit chan struct{}
}

func newParting() *parting {
	e := &parting{live: map[string]bool{}, idle: make(chan struct{}), quit: make(chan struct{})}
	go e.expire()
	return e
}

func (e *parting) expire() {
	select {
	case <-e.quit:
		e.mu.Lock()
		clear(e.live)
		e.mu.Unlock()
	case <-e.idle:
	}
}

func (e *parting) remove(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.live, name)
	if len(e.live) == 0 {
		select {
		case e.idle <- struct{}{}:
		case <-e.quit:
		}
	}
}

func (e *parting) stop() { close(e.quit) }
