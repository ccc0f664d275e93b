package main

import (
	"sync"
	"time"
)

type door struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func newDoor() *door {
	d := &door{}
	d.cond = sync.NewCond(&d.mu)
	return d
}

func (d *door) enter() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.open {
		d.cond.Wait() // stuck abandoned-receiver
	}
}

var _ = run(func() { silentDoor(2, nap) })

func silentDoor(n int, work func()) {
	d := newDoor()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			d.enter()
			work()
		})
	}
	nap()
	d.mu.Lock()
	d.open = true
	d.mu.Unlock()
	wg.Wait() // also
}

type portal struct {
	mu   sync.Mutex
	cond sync.Cond
	open bool
}

func newPortal() *portal {
	g := &portal{}
	g.cond.L = &g.mu
	return g
}

func (g *portal) enter() {
	g.mu.Lock()
	for !g.open {
		g.cond.Wait()
	}
	g.mu.Unlock()
}

func (g *portal) unlock() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
	g.cond.Broadcast()
}

var _ = run(func() { loudPortalOK(2, nap) })

func loudPortalOK(n int, work func()) {
	g := newPortal()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			g.enter()
			work()
		})
	}
	nap()
	g.unlock()
	wg.Wait()
}

var _ = run(func() { oneSignal(nap) })

func oneSignal(work func()) {
	var mu sync.Mutex
	ready := false
	c := sync.NewCond(&mu)
	for range 2 {
		go func() {
			mu.Lock()
			for !ready {
				c.Wait() // stuck abandoned-receiver
			}
			mu.Unlock()
			work()
		}()
	}
	nap()
	mu.Lock()
	ready = true
	c.Signal()
	mu.Unlock()
}

var _ = run(func() { passedOnOK(nap) })

func passedOnOK(work func()) {
	var mu sync.Mutex
	ready := false
	c := sync.NewCond(&mu)
	for range 2 {
		go func() {
			mu.Lock()
			for !ready {
				c.Wait()
			}
			c.Signal() // the next
			mu.Unlock()
			work()
		}()
	}
	nap()
	c.L.Lock()
	ready = true
	c.Signal()
	c.L.Unlock()
}

var _ = run(func() { signalledTooSoon(nap) })

func signalledTooSoon(work func()) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	go func() {
		work()
		c.Signal()
	}()
	nap()
	mu.Lock()
	c.Wait() // stuck abandoned-receiver
	mu.Unlock()
}

var _ = run(func() { rememberedOK(nap) })

func rememberedOK(work func()) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	done := false
	go func() {
		work()
		mu.Lock()
		done = true
		mu.Unlock()
		c.Signal()
	}()
	nap()
	mu.Lock()
	for !done {
		c.Wait()
	}
	mu.Unlock()
}

var _ = run(func() { skippedSignal(fails) })

func skippedSignal(f func() error) error {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	done := false
	go func() {
		if f() != nil {
			return
		}
		mu.Lock()
		done = true
		c.Broadcast()
		mu.Unlock()
	}()
	mu.Lock()
	defer mu.Unlock()
	for !done {
		c.Wait() // stuck abandoned-receiver
	}
	return nil
}

type queue struct {
	mu     sync.Mutex
	filled sync.Cond
	items  []int
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.filled.L = &q.mu
	return q
}

func (q *queue) push(v int) {
	q.mu.Lock()
	q.items = append(q.items, v)
	q.mu.Unlock()
	q.filled.Signal()
}

func (q *queue) pop() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.filled.Wait()
	}
	if len(q.items) == 0 {
		return 0, false
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v, true
}

func (q *queue) end() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.filled.Broadcast()
}

var _ = run(func() { drainOK([]int{1, 2, 3}) })

func drainOK(in []int) (sum int) {
	q := newQueue()
	go func() {
		defer q.end()
		for _, v := range in {
			q.push(v)
		}
	}()
	for {
		v, ok := q.pop()
		if !ok {
			return sum
		}
		sum += v
	}
}

var _ = run(func() { tryThenSend() })

func tryThenSend() {
	var mu sync.Mutex
	c := make(chan int)
	for range 2 {
		go func() {
			if !mu.TryLock() {
				time.Sleep(time.Millisecond)
				c <- 0 // stuck abandoned-sender
				return
			}
			nap()
			mu.Unlock()
			c <- 1 // stuck abandoned-sender
		}()
	}
	<-c
}

var _ = run(func() { tryOK() })

func tryOK() {
	var mu sync.Mutex
	busy := make(chan struct{}, 1)
	for range 2 {
		go func() {
			if mu.TryLock() {
				defer mu.Unlock()
				nap()
				return
			}
			busy <- struct{}{} // at most one of two
		}()
	}
}

var _ = run(func() { tryAndForget(fails) })

func tryAndForget(f func() error) {
	var mu sync.RWMutex
	if mu.TryRLock() {
		if f() != nil {
			go func() {
				mu.Lock() // stuck lock-deadlock
				mu.Unlock()
			}()
			return
		}
		mu.RUnlock()
	}
}

var _ = run(func() { forgottenSignal(nap) })

func forgottenSignal(work func()) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready := false
	go func() {
		work()
		mu.Lock()
		ready = true
		mu.Unlock()
	}()
	mu.Lock()
	for !ready {
		c.Wait() // stuck abandoned-receiver
	}
	mu.Unlock()
}
