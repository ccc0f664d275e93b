package vault

import "sync"

// Guard locks and says how to unlock.
func Guard(mu *sync.Mutex) func() {
	mu.Lock()
	return mu.Unlock
}

// View holds the value still until the result is called.
func (c *Cell[T]) View() (done func()) {
	c.mu.RLock()
	return func() { c.mu.RUnlock() }
}

// Set replaces the value.
func (c *Cell[T]) Set(v T) {
	c.mu.Lock()
	c.v = v
	c.mu.Unlock()
}
