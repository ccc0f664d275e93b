// Package ledger locks a few calls deep, in its own variables, and on request.
package ledger

import (
	"sync"

	"lockacrossblock/across/store"
)

// Mu guards the totals.
var Mu sync.RWMutex

var (
	total  int
	hidden sync.Mutex
	Front  struct {
		Gate sync.Mutex
		n    int
	}
)

// Add locks the variable.
func Add(n int) {
	Mu.Lock()
	total += n
	Mu.Unlock()
}

// AddTwice locks one call further on.
func AddTwice(n int) { addAll(n, n) }

func addAll(ns ...int) {
	Add(len(ns))
}

// AddIfBig may lock.
func AddIfBig(n int) {
	if n > 100 {
		Add(n)
	}
}

// Freeze keeps a lock that nobody else can name.
func Freeze() { hidden.Lock() }

// Thaw gives it back.
func Thaw() { hidden.Unlock() }

// Frozen counts under it.
func Frozen() int {
	hidden.Lock()
	defer hidden.Unlock()
	return total
}

// Enter locks a field of a variable.
func Enter() int {
	Front.Gate.Lock()
	defer Front.Gate.Unlock()
	return Front.n
}

// Step gives the lock back before it calls what takes it.
func Step() {
	Mu.Unlock()
	Add(1)
	Mu.Lock()
}

// Book has a lock of its own.
type Book struct {
	mu    sync.Mutex
	pages []int
}

// Open locks the book.
func (b *Book) Open() { b.mu.Lock() }

// Shut unlocks it.
func (b *Book) Shut() { b.done() }

func (b *Book) done() { b.mu.Unlock() }

// Hold locks the book and says how to unlock it.
func (b *Book) Hold() func() {
	b.mu.Lock()
	return b.mu.Unlock
}

// Sum locks two calls further on.
func (b *Book) Sum() int {
	n := b.count()
	return n * 2
}

func (b *Book) count() int { return 1 + b.get(true) }

// Peek does not lock.
func (b *Book) Peek() int { return b.get(false) }

func (b *Book) get(lock bool) int {
	if lock {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	return len(b.pages)
}

// Get locks if it is told to.
func (b *Book) Get(lock bool) int { return b.get(lock) }

// GetFree locks unless it is told that the caller has the lock.
func (b *Book) GetFree(locked bool) int {
	if !locked {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	return len(b.pages)
}

// Maybe locks on one path.
func (b *Book) Maybe(n int) bool { return n > 3 && b.count() > n }

// Pages yields under the lock.
func (b *Book) Pages(yield func(int) bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.pages {
		if !yield(p) {
			return
		}
	}
}

// Copies yields without it.
func (b *Book) Copies(yield func(int) bool) {
	b.mu.Lock()
	pages := append([]int(nil), b.pages...)
	b.mu.Unlock()
	for _, p := range pages {
		if !yield(p) {
			return
		}
	}
}

// Rows locks in another package again.
func Rows(t *store.Table) int { return t.Len() }
