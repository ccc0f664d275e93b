package relock

import "sync"

// Elements keep functions that captured what keeps the elements.

type crew struct {
	mu   sync.Mutex
	all  map[int]*hand
	list []*hand
	n    int
}

type hand struct {
	done func()
	rest func()
}

func (c *crew) hire(i int) {
	h := &hand{}
	h.done = func() {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
	}
	h.rest = func() { c.n-- }
	c.mu.Lock()
	c.all[i] = h
	c.list = append(c.list, h)
	c.mu.Unlock()
}

func (h *hand) finish() { h.done() }

func (c *crew) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.all {
		h.done() // want "h.done locks c.mu, which is held already"
	}
}

func (c *crew) stopList() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.list {
		h.finish() // want "hand.finish locks c.mu, which is held already"
	}
}

func (c *crew) stopFree() {
	c.mu.Lock()
	all := append([]*hand(nil), c.list...)
	for _, h := range c.list {
		h.rest()
	}
	c.mu.Unlock()
	for _, h := range all {
		h.finish()
	}
}

func (c *crew) stopOther(other *crew) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range other.list {
		h.finish()
	}
}

// Elements go to another keeper than the one whose lock they take.

type lender struct {
	mu  sync.Mutex
	out int
}

type borrower struct {
	mu    sync.Mutex
	books []*book
}

type book struct{ back func() }

func (b *borrower) borrow(from *lender) {
	x := &book{}
	x.back = func() {
		from.mu.Lock()
		from.out--
		from.mu.Unlock()
	}
	b.mu.Lock()
	b.books = append(b.books, x)
	b.mu.Unlock()
}

func (b *borrower) giveBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, x := range b.books {
		x.back()
	}
}
