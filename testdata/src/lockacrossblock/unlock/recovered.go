package unlock

import (
	"fmt"
	"log"
	"sync"
	"time"
)

// A check runs what others have written.
type check struct {
	mu    sync.Mutex
	tests map[string]func(int) bool
	fails int
}

func (c *check) run(name string, v int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %v", name, r)
		}
	}()
	c.mu.Lock()
	if !c.tests[name](v) { // want "c.mu stays locked if this call panics: the recover of check.run goes on without it; defer the unlock"
		c.fails++
	}
	c.mu.Unlock()
	return nil
}

func (c *check) must(v int) (err error) {
	defer c.rescue(&err)
	c.mu.Lock()
	if c.fails > v {
		panic("too many") // want "c.mu stays locked after this panic"
	}
	c.mu.Unlock()
	return nil
}

func (c *check) rescue(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%v", r)
	}
}

func (c *check) deferred(name string, v int) (err error) {
	defer c.rescue(&err)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.tests[name](v) {
		c.fails++
	}
	return nil
}

func (c *check) unlocksItself(name string, v int) (err error) {
	locked := false
	defer func() {
		if r := recover(); r != nil {
			if locked {
				c.mu.Unlock()
			}
			err = fmt.Errorf("%s: %v", name, r)
		}
	}()
	c.mu.Lock()
	locked = true
	c.tests[name](v)
	locked = false
	c.mu.Unlock()
	return nil
}

func (c *check) ends(name string, v int) {
	defer func() {
		if r := recover(); r != nil {
			log.Fatalf("%s: %v", name, r)
		}
	}()
	c.mu.Lock()
	c.tests[name](v)
	c.mu.Unlock()
}

func (c *check) panicsOn(name string, v int) {
	c.mu.Lock()
	c.tests[name](v)
	c.mu.Unlock()
}

// A clock runs its hands through safely.
type clock struct {
	mu    sync.Mutex
	hands []func()
	turns int
}

func (c *clock) tick() {
	c.mu.Lock()
	for _, h := range c.hands {
		h() // want "c.mu stays locked if this call panics: clock.safely, which recovers, goes on without it"
	}
	c.turns++
	c.mu.Unlock()
}

func (c *clock) safely(f func()) (ok bool) {
	defer func() { ok = recover() == nil }()
	f()
	return true
}

func (c *clock) turn() bool { return c.safely(c.tick) }

// A probe recovers from what it tries, not from its own book-keeping.
type probe struct {
	mu    sync.Mutex
	now   func() time.Time
	note  func()
	try   func() error
	start time.Time
}

func (p *probe) run() (err error) {
	p.begun()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	p.mu.Lock()
	p.start = p.now()
	p.mu.Unlock()
	return p.try()
}

func (p *probe) begun() {
	p.mu.Lock()
	p.note()
	p.mu.Unlock()
}
