package chanop

import "sync"

type rooms struct {
	mu     sync.Mutex
	subs   []chan int
	wake   chan struct{}
	sem    chan struct{}
	cell   chan []int
	latest chan int
	n      int
}

func newRooms() *rooms {
	r := &rooms{wake: make(chan struct{}, 1), sem: make(chan struct{}, 4), cell: make(chan []int, 1), latest: make(chan int, 1)}
	r.cell <- nil
	return r
}

func (r *rooms) other() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

func (r *rooms) subscribe() <-chan int {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := make(chan int, 1)
	c <- r.n
	r.subs = append(r.subs, c)
	return c
}

func (r *rooms) wakes() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wake <- struct{}{}
}

func (r *rooms) permit() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sem <- struct{}{}
	r.n++
	<-r.sem
}

func (r *rooms) swap(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := <-r.cell
	r.cell <- append(s, v)
}

func (r *rooms) replace(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.latest:
	default:
	}
	r.latest <- v
}

func (r *rooms) asksWorker(f func() int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	answer := make(chan int)
	go func() { answer <- f() }()
	return <-answer
}

type serial struct {
	callMu sync.Mutex
	ask    chan int
	answer chan int

	one sync.Mutex // keeps calls serial
	req chan int
}

func (s *serial) call(v int) int {
	s.callMu.Lock()
	defer s.callMu.Unlock()
	s.ask <- v
	return <-s.answer
}

func (s *serial) post(v int) {
	s.one.Lock()
	defer s.one.Unlock()
	s.req <- v
}
