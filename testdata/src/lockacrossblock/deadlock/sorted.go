package deadlock

import (
	"cmp"
	"sync"
)

type node struct {
	id   int
	name string
	mu   sync.Mutex
	v    int
}

// join locks in the order of the numbers, which nobody gives twice.
func join(a, b *node) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.v, b.v = b.v, a.v
}

func joinBoth(i, j int) {
	a, b := &node{id: i}, &node{id: j}
	var wg sync.WaitGroup
	wg.Go(func() { join(a, b) })
	wg.Go(func() { join(b, a) })
	wg.Wait()
}

func (n *node) before(m *node) bool { return cmp.Compare(n.name, m.name) < 0 }

func link(a, b *node) {
	first, second := a, b
	if b.before(a) {
		first, second = b, a
	}
	first.mu.Lock()
	second.mu.Lock()
	a.v, b.v = b.v, a.v
	second.mu.Unlock()
	first.mu.Unlock()
}

func linkBoth(x, y string) {
	a, b := &node{name: x}, &node{name: y}
	go link(a, b)
	link(b, a)
}

// steal compares what it finds, not the two.
func steal(from, to *node, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	if from.v < n {
		return
	}
	to.mu.Lock() // want "to.mu is locked under from.mu, and another call takes them the other way round"
	defer to.mu.Unlock()
	from.v, to.v = from.v-n, to.v+n
}

func stealBoth(i, j int) {
	a, b := &node{v: i}, &node{v: j}
	go steal(a, b, 1)
	steal(b, a, 1)
}
