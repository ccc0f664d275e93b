package calls

import (
	"slices"
	"sync"
)

// Members tell their watchers, two calls further on.
type members struct {
	sync.Mutex
	alive    map[string]bool
	watchers []chan string
}

func (m *members) watch(ch chan string) {
	m.Lock()
	defer m.Unlock()
	m.watchers = append(m.watchers, ch)
}

func (m *members) up(node string) {
	m.Lock()
	defer m.Unlock()
	m.alive[node] = true
	m.changed(node) // want "m.Mutex is held across members.changed, which sends on w"
}

func (m *members) changed(node string) { m.deliver("+" + node) }

func (m *members) deliver(s string) {
	for _, w := range m.watchers {
		w <- s
	}
}

func (m *members) down(node string) {
	m.Lock()
	delete(m.alive, node)
	ws := slices.Clone(m.watchers)
	m.Unlock()
	told(ws, node)
}

func told(ws []chan string, node string) { deliverTo(ws, "-"+node) }

func deliverTo(ws []chan string, s string) {
	for _, w := range ws {
		w <- s
	}
}

// It may well let go of the lock first.
func (m *members) away(node string) {
	m.Lock()
	defer m.Unlock()
	delete(m.alive, node)
	m.unlocked(node)
}

func (m *members) unlocked(node string) {
	m.Unlock()
	defer m.Lock()
	m.deliver(node)
}

// Permits are taken two calls further on.
var permits = make(chan struct{}, len(names))

var names = []string{"a", "b"}

type batch struct {
	mu   sync.Mutex
	rows []string
}

func (b *batch) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.push()
}

func (b *batch) push() { b.encode() }

func (b *batch) encode() {
	permits <- struct{}{}
	b.rows = b.rows[:0]
	<-permits
}

func (b *batch) add(row string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows = append(b.rows, row)
}
