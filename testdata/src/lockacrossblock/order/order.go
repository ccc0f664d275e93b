// Package order holds locks taken in two orders.
package order

import (
	"errors"
	"sync"
)

type bank struct {
	a, b, gate sync.Mutex
	x, y       sync.RWMutex
	n          int
}

func (k *bank) ab() {
	k.a.Lock()
	defer k.a.Unlock()
	k.b.Lock() // want "k.b is locked under k.a, but bank.ba takes them the other way round"
	defer k.b.Unlock()
	k.n++
}

func (k *bank) ba() {
	k.b.Lock()
	defer k.b.Unlock()
	k.a.Lock()
	defer k.a.Unlock()
	k.n--
}

func (k *bank) again() {
	k.a.Lock()
	k.b.Lock()
	k.n++
	k.b.Unlock()
	k.a.Unlock()
}

type same struct {
	a, b sync.Mutex
	n    int
}

func (s *same) one() {
	s.a.Lock()
	s.b.Lock()
	s.n++
	s.b.Unlock()
	s.a.Unlock()
}

func (s *same) two() {
	s.a.Lock()
	defer s.a.Unlock()
	s.b.Lock()
	defer s.b.Unlock()
}

func (s *same) notNested() {
	s.b.Lock()
	s.n++
	s.b.Unlock()
	s.a.Lock()
	s.n++
	s.a.Unlock()
}

type gated struct {
	gate, a, b sync.Mutex
	n          int
}

func (g *gated) ab() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.a.Lock()
	g.b.Lock()
	g.n++
	g.b.Unlock()
	g.a.Unlock()
}

func (g *gated) ba() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.b.Lock()
	g.a.Lock()
	g.n++
	g.a.Unlock()
	g.b.Unlock()
}

type readers struct {
	x, y sync.RWMutex
	n    int
}

func (r *readers) xy() int {
	r.x.RLock()
	defer r.x.RUnlock()
	r.y.RLock()
	defer r.y.RUnlock()
	return r.n
}

func (r *readers) yx() int {
	r.y.RLock()
	defer r.y.RUnlock()
	r.x.RLock()
	defer r.x.RUnlock()
	return r.n
}

var first, second sync.Mutex

func globals() {
	first.Lock()
	defer first.Unlock()
	takeSecond() // want "second is locked under first, but other takes them the other way round"
}

func takeSecond() {
	second.Lock()
	defer second.Unlock()
}

func other() {
	second.Lock()
	defer second.Unlock()
	first.Lock()
	defer first.Unlock()
}

type hub struct {
	mu    sync.Mutex
	peers map[string]*peer
}

type peer struct {
	mu  sync.Mutex
	hub *hub
	n   int
}

func (h *hub) drop(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.peers, k)
}

func (p *peer) leave(k string) {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
	p.hub.drop(k)
}

type left struct {
	mu    sync.Mutex
	right *right
}

type right struct {
	mu   sync.Mutex
	left *left
}

func (l *left) down() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.right.mu.Lock() // want "l.right.mu is locked under l.mu, but right.up takes them the other way round"
	l.right.mu.Unlock()
}

func (r *right) up() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left.mu.Lock()
	r.left.mu.Unlock()
}

type one struct{ mu sync.Mutex }
type two struct{ mu sync.Mutex }

func forth(a *one, b *two) {
	a.mu.Lock()
	b.mu.Lock() // want "b.mu is locked under a.mu, but back takes them the other way round"
	b.mu.Unlock()
	a.mu.Unlock()
}

func back(a *one, b *two) {
	b.mu.Lock()
	a.mu.Lock()
	a.mu.Unlock()
	b.mu.Unlock()
}

func swap(a, b *one) {
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
}

type made struct {
	a, b sync.Mutex
	n    int
}

// newMade takes both before anybody else knows the object.
func newMade() *made {
	m := &made{}
	m.b.Lock()
	defer m.b.Unlock()
	m.a.Lock()
	defer m.a.Unlock()
	m.n = 1
	return m
}

func (m *made) inc() {
	m.a.Lock()
	defer m.a.Unlock()
	m.b.Lock()
	defer m.b.Unlock()
	m.n++
}

type shown struct {
	a, b sync.Mutex
	n    int
}

func newShown(all map[int]*shown) *shown {
	s := &shown{}
	all[0] = s
	s.b.Lock()
	defer s.b.Unlock()
	s.a.Lock() // want "s.a is locked under s.b, but shown.inc takes them the other way round"
	defer s.a.Unlock()
	s.n = 1
	return s
}

func (s *shown) inc() {
	s.a.Lock()
	defer s.a.Unlock()
	s.b.Lock()
	defer s.b.Unlock()
	s.n++
}

// The two stores are never the same one; that the callee may give up before it takes
// its lock leaves it open whether it does.

type depot struct {
	front sync.Mutex
	disk  *platter
}

type platter struct {
	mu sync.Mutex
	n  int
}

func (d *depot) end(limit int) error {
	if d.disk.n > limit {
		return errors.New("still in use")
	}
	d.front.Lock()
	defer d.front.Unlock()
	d.disk = nil
	return nil
}

func exchange(fresh, stale *depot) error {
	fresh.disk.mu.Lock()
	defer fresh.disk.mu.Unlock()
	return stale.end(0)
}

func (d *depot) view() int {
	d.front.Lock()
	defer d.front.Unlock()
	d.disk.mu.Lock()
	defer d.disk.mu.Unlock()
	return d.disk.n
}
