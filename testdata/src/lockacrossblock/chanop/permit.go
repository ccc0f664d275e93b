package chanop

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// A permit is waited for under a lock that everybody takes before a permit is given
// back: once all are out, nobody moves.

type stock struct {
	mu    sync.Mutex
	slots *semaphore.Weighted
	used  int
}

func newStock() *stock { return &stock{slots: semaphore.NewWeighted(4)} }

func (p *stock) get(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.slots.Acquire(ctx, 1); err != nil { // want "p.mu is held across p.slots.Acquire, but who gives a permit back takes p.mu first"
		return err
	}
	p.used++
	return nil
}

func (p *stock) put() {
	p.mu.Lock()
	p.used--
	p.mu.Unlock()
	p.slots.Release(1)
}

type lane struct {
	mu    sync.Mutex
	slots chan struct{}
	used  int
}

func newLane(n int) *lane { return &lane{slots: make(chan struct{}, 8)} }

func (l *lane) enter() {
	l.mu.Lock()
	l.slots <- struct{}{} // want "l.mu is held across a send on l.slots, but who gives a permit back takes l.mu first"
	l.used++
	l.mu.Unlock()
}

func (l *lane) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.used--
	<-l.slots
}

// Permits that somebody gives back without the lock, or before it is taken.

type free struct {
	mu    sync.Mutex
	slots *semaphore.Weighted
	lane  chan struct{}
	used  int
}

func newFree() *free {
	return &free{slots: semaphore.NewWeighted(4), lane: make(chan struct{}, 8)}
}

func (p *free) get(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.used++
	p.lane <- struct{}{}
	return p.slots.Acquire(ctx, 1)
}

func (p *free) put() {
	p.slots.Release(1)
	<-p.lane
	p.mu.Lock()
	p.used--
	p.mu.Unlock()
}

// The permit is taken before the lock.
func (p *stock) getFirst(ctx context.Context) error {
	if err := p.slots.Acquire(ctx, 1); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.used++
	return nil
}

// Whoever takes the permit gives it back in the same critical section.

type brief struct {
	mu    sync.Mutex
	slots chan struct{}
	n     int
}

func newBrief() *brief { return &brief{slots: make(chan struct{}, 2)} }

func (b *brief) use() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.slots <- struct{}{}
	b.n++
	<-b.slots
}

// What is made for one call counts those who are done: there is room for all.

type crowd struct {
	mu      sync.Mutex
	members map[int]bool
}

func (c *crowd) dismiss() {
	c.mu.Lock()
	done := make(chan struct{}, len(c.members))
	for m := range c.members {
		c.see(m, done)
	}
	c.mu.Unlock()
	for range cap(done) {
		<-done
	}
}

func (c *crowd) see(m int, done chan<- struct{}) {
	c.members[m] = false
	done <- struct{}{}
}
