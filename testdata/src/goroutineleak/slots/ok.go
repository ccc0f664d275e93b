package slots

import (
	"errors"
	"sync"
)

func deferred(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, url := range urls {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			if get(url) != nil {
				return
			}
			println(url)
		}()
	}
	wg.Wait()
}

// The slot belongs to the connection that is returned.
type pool struct {
	slots chan struct{}
	dial  func() error
}

func newPool() *pool { return &pool{slots: make(chan struct{}, 4)} }

func (p *pool) get() error {
	p.slots <- struct{}{}
	if err := p.dial(); err != nil {
		<-p.slots
		return errors.New("no connection")
	}
	return nil
}

func (p *pool) put() { <-p.slots }

// Somebody else gives the slot back.
type queue struct {
	slots   chan int
	results chan int
}

func newQueue() *queue { return &queue{make(chan int, 2), make(chan int)} }

func (q *queue) start(f func() bool) {
	q.slots <- 1
	go func() {
		if f() {
			q.results <- 1
			return
		}
		<-q.slots
	}()
}

func (q *queue) collect() {
	for range q.results {
		<-q.slots
	}
}

// A token is taken only behind the way out.
func earlyOut(n int, f func(int) bool, g func(int)) {
	slots := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if !f(i) {
				return
			}
			slots <- struct{}{}
			g(i)
			<-slots
		})
	}
	wg.Wait()
}
