package chanop

import "sync"

// bells rings those who have asked to be woken, once each.
type bells struct {
	mu    sync.Mutex
	quit  chan struct{}
	slots []chan int
	lines []chan int
}

func (b *bells) ask() <-chan int {
	c := make(chan int, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.slots = append(b.slots, c)
	return c
}

func (b *bells) listen() <-chan int {
	c := make(chan int)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, c)
	return c
}

func (b *bells) close() { close(b.quit) }

// ring sends the only value that each slot gets.
func (b *bells) ring(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.slots {
		select {
		case c <- v:
		case <-b.quit:
			return
		}
	}
	b.slots = nil
}

// call waits for each who listens.
func (b *bells) call(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.lines {
		select { // want "b.mu is held across a select without default"
		case c <- v:
		case <-b.quit:
			return
		}
	}
}
