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

// News is what a subscriber hears once. Others may fill in its fields.
type News struct{ Text string }

// Ticket is handed out with room for the one answer.
type Ticket struct {
	Answer chan *News
}

type kiosk struct {
	mu      sync.Mutex
	quit    chan struct{}
	tickets []*Ticket
}

func (d *kiosk) Take() *Ticket {
	t := &Ticket{Answer: make(chan *News, 1)}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tickets = append(d.tickets, t)
	return t
}

func (d *kiosk) Close() { close(d.quit) }

func (d *kiosk) Announce(n *News) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range d.tickets {
		select {
		case t.Answer <- n:
		case <-d.quit:
			return
		}
	}
	d.tickets = nil
}
