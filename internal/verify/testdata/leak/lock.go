package main

import (
	"sync"
	"time"
)

var _ = run(func() { unlockMissed() })

func unlockMissed() {
	var mu sync.Mutex
	done := make(chan struct{})
	mu.Lock()
	go func() {
		mu.Lock() // stuck lock-deadlock
		mu.Unlock()
		close(done)
	}()
	if fails() != nil {
		return
	}
	mu.Unlock()
	<-done
}

var _ = run(func() { circle() })

func circle() {
	var mu sync.Mutex
	ch := make(chan int)
	go func() {
		mu.Lock() // stuck lock-deadlock
		ch <- 1   // also
		mu.Unlock()
	}()
	nap()
	mu.Lock() // stuck lock-deadlock
	<-ch      // also
	mu.Unlock()
}

var _ = run(func() { circleOK() })

func circleOK() {
	var mu sync.Mutex
	ch := make(chan int)
	go func() {
		mu.Lock()
		mu.Unlock()
		ch <- 1
	}()
	mu.Lock()
	mu.Unlock()
	<-ch
}

var _ = run(func() { twoLocks() })

func twoLocks() {
	var a, b sync.Mutex
	go func() {
		b.Lock()
		nap()
		a.Lock() // also
		a.Unlock()
		b.Unlock()
	}()
	a.Lock()
	nap()
	b.Lock() // stuck lock-deadlock
	b.Unlock()
	a.Unlock()
}

var _ = run(func() { again() })

func again() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	relock(&mu)
}

func relock(mu *sync.Mutex) {
	mu.Lock() // stuck lock-deadlock
	mu.Unlock()
}

type store struct {
	mu sync.RWMutex
	ch chan int
}

func (s *store) put(v int) {
	s.mu.Lock() // stuck lock-deadlock
	defer s.mu.Unlock()
	s.ch <- v // also
}

func (s *store) take() int {
	s.mu.Lock() // stuck lock-deadlock
	defer s.mu.Unlock()
	return <-s.ch // also
}

var _ = run(func() { storeCircle() })

func storeCircle() int {
	s := &store{ch: make(chan int)}
	go s.put(1)
	if time.Now().UnixNano()%2 == 0 {
		nap()
	}
	return s.take()
}

var _ = run(func() { waitLocked() })

func waitLocked() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(1)
	mu.Lock()
	go func() {
		defer wg.Done()
		mu.Lock() // also
		mu.Unlock()
	}()
	wg.Wait() // stuck group-never-done
	mu.Unlock()
}

var _ = run(func() { readers() })

func readers() {
	s := &store{ch: make(chan int, 1)}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			s.mu.RLock()
			defer s.mu.RUnlock()
			nap()
		})
	}
	s.put(1)
	wg.Wait()
	s.take()
}
