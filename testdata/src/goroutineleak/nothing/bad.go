// Package nothing waits for what nobody ever brings about.
package nothing

import "sync"

type tunnel struct {
	closing chan struct{}
	data    chan []byte
}

func newTunnel() *tunnel { return &tunnel{data: make(chan []byte)} }

func (t *tunnel) watch(closed func()) {
	go func() {
		<-t.closing // want "nothing ever comes from t.closing: no code sets this field of tunnel, so it is nil; make the channel"
		closed()
	}()
}

func (t *tunnel) copy(write func([]byte)) {
	for {
		select {
		case b := <-t.data:
			write(b)
		case <-t.closing: // want "this case never comes: no code sets t.closing of tunnel, so it is nil and stops nothing"
			return
		}
	}
}

type ring[T any] struct {
	full chan T
	size int
}

func newRing[T any](n int) *ring[T] {
	r := new(ring[T])
	r.size = n
	return r
}

func (r *ring[T]) drain(f func(T)) {
	for v := range r.full { // want "nothing ever comes from r.full"
		f(v)
	}
}

// Nobody signals.
type gate struct {
	mu     sync.Mutex
	opened *sync.Cond
	open   bool
}

func newGate() *gate {
	g := &gate{}
	g.opened = sync.NewCond(&g.mu)
	return g
}

func (g *gate) pass() {
	g.opened.L.Lock()
	defer g.opened.L.Unlock()
	for !g.open {
		g.opened.Wait() // want "nobody signals g.opened, so this wait never ends; call g.opened.Broadcast"
	}
}

func (g *gate) set() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
}

func localCond(f func() bool) {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	done := false
	go func() {
		ok := f()
		cond.L.Lock()
		done = ok
		cond.L.Unlock()
	}()
	mu.Lock()
	for !done {
		cond.Wait() // want "nobody signals cond, so this wait never ends"
	}
	mu.Unlock()
}

// The loop above never stops, so this send is received.
func (t *tunnel) send(b []byte) { t.data <- b }
