// Package store has methods that lock.
package store

import "sync"

// Table guards its rows by an exported lock.
type Table struct {
	Mu   sync.RWMutex
	Rows map[string]int
}

// Len locks.
func (t *Table) Len() int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return len(t.Rows)
}

// LenLocked needs the lock.
func (t *Table) LenLocked() int { return len(t.Rows) }

// LenIf locks on request.
func (t *Table) LenIf(lock bool) int {
	if lock {
		t.Mu.Lock()
		defer t.Mu.Unlock()
	}
	return len(t.Rows)
}

// Swap gives the caller's lock back for a while.
func (t *Table) Swap(f func()) {
	t.Mu.Unlock()
	f()
	t.Mu.Lock()
}

// Gate is a lock with other names.
type Gate struct {
	mu sync.Mutex
	n  int
}

// Acquire locks.
func (g *Gate) Acquire() { g.mu.Lock() }

// Release unlocks.
func (g *Gate) Release() { g.mu.Unlock() }

// Count locks through its own methods.
func (g *Gate) Count() int {
	g.Acquire()
	defer g.Release()
	return g.n
}

// Base has an embedded lock.
type Base struct{ sync.Mutex }

// Touch locks.
func (b *Base) Touch() {
	b.Lock()
	b.Unlock()
}

// Latch is a lock that callers pass on.
type Latch struct{ mu sync.Mutex }

// Acquire locks.
func (l *Latch) Acquire() { l.mu.Lock() }

// Release unlocks.
func (l *Latch) Release() { l.mu.Unlock() }
