// Package cond holds waits for conditions.
package cond

import "sync"

type box struct {
	mu   sync.Mutex
	cond *sync.Cond
	full bool
	q    []int
}

func (b *box) take() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.full {
		b.cond.Wait() // want `b\.cond\.Wait can return before the condition holds`
	}
	b.full = false
}

func (b *box) bare() {
	b.cond.L.Lock()
	b.cond.Wait() // want `b\.cond\.Wait can return before the condition holds`
	b.cond.L.Unlock()
}

// A loop that ends after one turn is none.
func (b *box) once() {
	b.mu.Lock()
	for !b.full {
		b.cond.Wait() // want `b\.cond\.Wait can return before the condition holds`
		break
	}
	b.mu.Unlock()
}

// The worker's loop does not look at the queue again before it takes from it.
func (b *box) worker(use func(int)) {
	for {
		b.mu.Lock()
		if len(b.q) == 0 {
			b.cond.Wait() // want `b\.cond\.Wait can return before the condition holds`
		}
		v := b.q[0]
		b.q = b.q[1:]
		b.mu.Unlock()
		use(v)
	}
}

type embedded struct {
	sync.Cond
	ready bool
}

func (e *embedded) wait() {
	e.L.Lock()
	if !e.ready {
		e.Wait() // want `e\.Wait can return before the condition holds`
	}
	e.L.Unlock()
}

func inGoroutine(c *sync.Cond, ready *bool) {
	go func() {
		c.L.Lock()
		defer c.L.Unlock()
		if !*ready {
			c.Wait() // want `c\.Wait can return before the condition holds`
		}
	}()
}

func wrapped(b *box) {
	b.mu.Lock()
	if !b.full {
		b.sleep()
	}
	b.mu.Unlock()
}

func (b *box) sleep() {
	b.cond.Wait() // want `b\.cond\.Wait can return before the condition holds`
}

// Wake takes the lock itself, so that nobody can look at the condition under it.
func Wake(c *sync.Cond) {
	c.L.Lock()
	c.Wait() // want `c\.Wait can return before the condition holds`
	c.L.Unlock()
}
