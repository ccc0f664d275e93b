package cond

import "sync"

func (b *box) takeInLoop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.full {
		b.cond.Wait()
	}
	b.full = false
}

func (b *box) withBreak() {
	b.mu.Lock()
	for {
		if b.full {
			break
		}
		b.cond.Wait()
	}
	b.mu.Unlock()
}

func (b *box) withContinue(use func(int)) {
	b.mu.Lock()
	for {
		if len(b.q) == 0 {
			b.cond.Wait()
			continue
		}
		use(b.q[0])
		b.q = b.q[1:]
	}
}

func (b *box) withGoto() {
	b.mu.Lock()
again:
	if !b.full {
		b.cond.Wait()
		goto again
	}
	b.mu.Unlock()
}

func (b *box) rechecks(use func(int)) {
	for {
		b.mu.Lock()
		if len(b.q) == 0 {
			b.cond.Wait()
		}
		if len(b.q) > 0 {
			use(b.q[0])
		}
		b.mu.Unlock()
	}
}

func (b *box) nap() { b.cond.Wait() }

func (b *box) loopedByCaller() {
	b.mu.Lock()
	for !b.full {
		b.nap()
	}
	b.mu.Unlock()
}

func closure(c *sync.Cond, ready func() bool) {
	wait := func() { c.Wait() }
	c.L.Lock()
	for !ready() {
		wait()
	}
	c.L.Unlock()
}

// What comes behind the Wait does not rely on the condition.
func (b *box) dormant(ping func()) {
	for {
		b.mu.Lock()
		if len(b.q) == 0 {
			b.cond.Wait()
		}
		b.full = false
		b.mu.Unlock()
		ping()
	}
}

func (b *box) dormantAndCaptured(start func(func()), ping func()) {
	start(func() { b = nil })
	for {
		b.mu.Lock()
		if len(b.q) < 1 && !b.full {
			b.cond.Wait()
		}
		b.mu.Unlock()
		ping()
	}
}

// Signal hands the condition on to callers who know what to check.
type Signal struct{ c *sync.Cond }

// Wait only wraps; its callers loop.
func (s Signal) Wait() { s.c.Wait() }

// WaitLocked is called with the lock held.
func WaitLocked(c *sync.Cond) { c.Wait() }

// contextCond is a condition that a context can end, too.
type contextCond struct{ *sync.Cond }

// Wait has the contract of what it wraps: its callers loop.
func (c contextCond) Wait(ended chan struct{}) {
	woken := make(chan struct{})
	go func() {
		c.Cond.Wait()
		close(woken)
	}()
	select {
	case <-woken:
	case <-ended:
	}
}
