// Package vault calls functions under locks and takes several.
package vault

import "sync"

// Cell guards a value of any type.
type Cell[T any] struct {
	mu sync.RWMutex
	v  T
}

// Edit calls edit with the lock held.
func (c *Cell[T]) Edit(edit func(*T)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	edit(&c.v)
}

// Try looks first and calls edit on every path with the lock held.
func (c *Cell[T]) Try(edit func(*T) error) error {
	if edit == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return edit(&c.v)
}

// After calls report when the lock is free again.
func (c *Cell[T]) After(report func(T)) {
	c.mu.Lock()
	v := c.v
	c.mu.Unlock()
	report(v)
}

// Later keeps edit for another goroutine.
func (c *Cell[T]) Later(edit func(*T)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	go edit(&c.v)
}

// Load copies the value.
func (c *Cell[T]) Load() T {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.v
}

// Inside calls f with mu held.
func Inside(mu sync.Locker, f func() error) error {
	mu.Lock()
	defer mu.Unlock()
	return f()
}

// Hold locks what it is given.
func Hold(mu *sync.Mutex) { mu.Lock() }

// Books and Keys have locks for everybody.
type Books struct {
	sync.Mutex
	Lent map[string]int
}

// Keys are the other side.
type Keys struct {
	Mu    sync.Mutex
	Taken map[string]int
}

// Settle takes the books first and the keys for some.
func Settle(b *Books, k *Keys) {
	b.Lock()
	defer b.Unlock()
	for name := range b.Lent {
		k.Mu.Lock()
		delete(k.Taken, name)
		k.Mu.Unlock()
	}
}

// Count takes one after the other.
func Count(b *Books, k *Keys) int {
	b.Lock()
	n := len(b.Lent)
	b.Unlock()
	k.Mu.Lock()
	defer k.Mu.Unlock()
	return n + len(k.Taken)
}
