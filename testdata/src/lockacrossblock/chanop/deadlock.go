package chanop

import "sync"

type ring struct {
	mu    sync.Mutex
	items []int
	wake  chan struct{}
	quit  chan struct{}
}

func newRing() *ring {
	r := &ring{wake: make(chan struct{}), quit: make(chan struct{})}
	go r.run()
	return r
}

func (r *ring) push(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items = append(r.items, v)
	r.wake <- struct{}{} // want "r.mu is held across a send on r.wake, but its receiver needs r.mu too"
}

func (r *ring) run() {
	for {
		select {
		case <-r.wake:
			r.drain()
		case <-r.quit:
			return
		}
	}
}

func (r *ring) drain() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items = nil
}

type waiter struct {
	mu    sync.Mutex
	ready chan struct{}
	n     int
}

func newWaiter() *waiter {
	w := &waiter{ready: make(chan struct{})}
	go w.fill()
	return w
}

func (w *waiter) fill() {
	w.mu.Lock()
	w.n = 1
	w.mu.Unlock()
	close(w.ready)
}

func (w *waiter) get() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	<-w.ready // want "w.mu is held across a receive from w.ready, but whoever closes it needs w.mu too"
	return w.n
}
