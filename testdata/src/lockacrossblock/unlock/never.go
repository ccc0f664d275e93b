package unlock

import (
	"errors"
	"sync"
)

// A book whose add forgets its lock on the only way out.
type book struct {
	mu, index sync.Mutex
	pages     []string
	words     map[string]int
}

func (b *book) add(page string) {
	b.mu.Lock() // want "b.mu is locked here and book.add"
	b.pages = append(b.pages, page)
	b.index.Lock()
	b.words[page]++
	b.index.Unlock()
}

func (b *book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.pages)
}

// The gate stays shut on purpose.
type gateway struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	seen int
}

func (g *gateway) enter() {
	g.mu.Lock()
	g.wg.Add(1)
	g.seen++
	g.mu.Unlock()
}

func (g *gateway) shutForGood() {
	g.mu.Lock()
	g.wg.Wait()

	// g.mu stays locked, so that nobody enters any more.
}

// A ledger that one method opens and another closes.
type ledger struct {
	mu    sync.Mutex
	lines []string
}

func (l *ledger) first(line string) {
	l.mu.Lock()
	l.lines = append(l.lines, line)
}

func (l *ledger) last(line string) {
	l.lines = append(l.lines, line)
	l.mu.Unlock()
}

func (l *ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lines)
}

// The drawer's key goes to whoever asks.
type drawer struct {
	mu sync.Mutex
	n  int
}

func (d *drawer) fill(n int) {
	d.mu.Lock()
	d.n += n
}

func (d *drawer) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.n
}

func (d *drawer) key() sync.Locker { return &d.mu }

// A flag says whether the caller has the lock.
type crew struct {
	mu   sync.Mutex
	on   map[string]bool
	full int
}

var errFull = errors.New("full")

func (c *crew) join(name string, locked bool) error {
	if !locked {
		c.mu.Lock()
	}
	if len(c.on) >= c.full {
		return errFull // want "c.mu is still locked at this return"
	}
	c.on[name] = true
	if !locked {
		c.mu.Unlock()
	}
	return nil
}

func (c *crew) leave(name string, locked bool) error {
	if !locked {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	if !c.on[name] {
		return errFull
	}
	delete(c.on, name)
	return nil
}

func (c *crew) all(names []string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range names {
		if err := c.join(n, true); err != nil {
			return err
		}
		if err := c.leave(n, true); err != nil {
			return err
		}
	}
	return nil
}

func (c *crew) one(name string) error { return errors.Join(c.leave(name, false), c.join(name, false)) }

// A shelf lends its boxes with the way to give them back.
type box struct {
	mu   sync.Mutex
	n    int
	torn bool
}

type shelf struct {
	mu    sync.Mutex
	boxes map[string]*box
}

func (s *shelf) lend(name string) (b *box, back func(), err error) {
	s.mu.Lock()
	b = s.boxes[name]
	s.mu.Unlock()
	if b == nil {
		return nil, nil, errMissing
	}
	b.mu.Lock()
	if b.torn {
		return nil, nil, errors.New("torn: " + name) // want "b.mu is still locked at this return .locked on line [0-9]+., which hands out no way to unlock it"
	}
	return b, func() {
		b.n++
		b.mu.Unlock()
	}, nil
}

func (s *shelf) lendWhole(name string) (*box, func(), error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boxes[name]
	if b == nil {
		return nil, nil, errMissing
	}
	b.mu.Lock()
	if b.torn {
		b.mu.Unlock()
		return nil, nil, errMissing
	}
	return b, func() { b.mu.Unlock() }, nil
}
