package relock

import "sync"

// The L of a condition variable is the lock that it was made with.

type hatch struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func newHatch() *hatch {
	g := &hatch{}
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *hatch) pass() {
	g.cond.L.Lock()
	defer g.cond.L.Unlock()
	for !g.open {
		g.cond.Wait()
	}
}

func (g *hatch) lift() {
	g.mu.Lock()
	g.open = true
	g.pass() // want "hatch.pass locks g.mu, which is held already"
	g.mu.Unlock()
}

// Taken by one name and given back by the other.
func (g *hatch) mixed(late bool) {
	g.mu.Lock()
	if late {
		g.cond.L.Unlock()
		return
	}
	g.open = false
	g.cond.L.Unlock()
	g.pass()
}

// A condition with a lock of its own, or now with this one and now with that.

type twin struct {
	mu    sync.Mutex
	other sync.Mutex
	own   *sync.Cond
	mine  *sync.Cond
	n     int
}

func newTwin(swap bool) *twin {
	p := &twin{own: sync.NewCond(&sync.Mutex{})}
	if swap {
		p.mine = sync.NewCond(&p.other)
	} else {
		p.mine = sync.NewCond(&p.mu)
	}
	return p
}

func (p *twin) count() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.own.L.Lock()
	p.n++
	p.own.L.Unlock()
	p.mine.L.Lock()
	p.n++
	p.mine.L.Unlock()
}

// The lock of another object.

func share(a, b *hatch) {
	a.mu.Lock()
	b.cond.L.Lock()
	b.open = a.open
	b.cond.L.Unlock()
	a.mu.Unlock()
}
