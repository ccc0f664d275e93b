// Package across locks what methods of another package lock.
package across

import (
	"errors"
	"sync"

	"lockacrossblock/across/store"
)

func twice(t *store.Table) int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return t.Len() // want "store.Table.Len locks t.Mu, which is held already .locked on line"
}

func upgrade(t *store.Table) int {
	t.Mu.RLock()
	defer t.Mu.RUnlock()
	return t.Len() // want "store.Table.Len locks t.Mu, which is held already"
}

func right(t, u *store.Table) int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return t.LenLocked() + t.LenIf(false) + u.Len()
}

func swaps(t *store.Table, f func()) int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	t.Swap(f)
	return t.LenLocked()
}

func again(g *store.Gate) int {
	g.Acquire()
	defer g.Release()
	return g.Count() // want "store.Gate.Count locks g.mu, which is held already"
}

func atTheEnd(g *store.Gate) {
	g.Acquire()
	defer g.Release()
	defer g.Count() // want "store.Gate.Count locks g.mu, which is held already .locked on line [0-9]+.; it runs before the deferred unlock"
}

func afterwards(g *store.Gate) int {
	g.Acquire()
	g.Release()
	return g.Count()
}

func forgets(g *store.Gate, f func() error) error {
	g.Acquire()
	if err := f(); err != nil {
		return err // want "g.mu is still locked at this return"
	}
	g.Release()
	return nil
}

func remembers(g *store.Gate, f func() error) error {
	g.Acquire()
	defer g.Release()
	return f()
}

type turnstile struct {
	gate *store.Latch
	n    int
}

// open leaves the gate to leave.
func (t *turnstile) open() error {
	t.gate.Acquire()
	if t.n < 0 {
		t.gate.Release()
		return errors.New("shut")
	}
	return nil
}

func (t *turnstile) leave() {
	t.n++
	t.gate.Release()
}

type derived struct {
	store.Base
	n int
}

func (d *derived) bump() {
	d.Lock()
	defer d.Unlock()
	d.Touch() // want "store.Base.Touch locks d.Base.Mutex, which is held already"
}

// index and its table are locked in both orders.
type index struct {
	mu    sync.Mutex
	table *store.Table
	n     int
}

func (x *index) rebuild() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.n = x.table.Len() // want "x.table.Mu is locked under x.mu, but index.compact takes them the other way round"
}

func (x *index) compact() {
	x.table.Mu.Lock()
	defer x.table.Mu.Unlock()
	x.mu.Lock()
	x.n = x.table.LenLocked()
	x.mu.Unlock()
}

// catalog locks them in one order.
type catalog struct {
	mu    sync.Mutex
	table *store.Table
	n     int
}

func (c *catalog) rebuild() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = c.table.Len()
}

func (c *catalog) compact() {
	c.table.Mu.Lock()
	n := c.table.LenLocked()
	c.table.Mu.Unlock()
	c.mu.Lock()
	c.n = n
	c.mu.Unlock()
}
