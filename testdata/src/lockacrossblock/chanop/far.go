package chanop

import "sync"

// The send is two calls down, the receiver polls.

type tank struct {
	mu    sync.Mutex
	state *gauge
	n     int
}

type gauge struct{ stop chan struct{} }

func (g *gauge) halt() {
	if g.stop != nil {
		g.stop <- struct{}{}
	}
}

func (t *tank) settle() { t.state.halt() }

func (t *tank) change() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settle() // want "t.mu is held across tank.settle, which sends on g.stop, but its receiver needs t.mu too|t.mu is held across tank.settle, but its receiver needs t.mu too"
}

func (t *tank) changeFree() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	t.settle()
}

func (t *tank) watch() {
	for {
		select {
		case <-t.state.stop:
			return
		default:
			t.probe()
		}
	}
}

func (t *tank) probe() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func startTank() *tank {
	t := &tank{state: &gauge{stop: make(chan struct{})}}
	go t.watch()
	return t
}

// The loop that takes from a channel calls a function that a field keeps, and that
// takes the lock; there is some room, which is used up in time.

type tokens struct {
	mu   sync.Mutex
	keep *keeper
	live map[string]bool
}

type keeper struct {
	added chan string
	names []string
	drop  func(name string)
}

func newKeeper(drop func(name string)) *keeper {
	k := &keeper{added: make(chan string, 1), drop: drop}
	go k.run()
	return k
}

func (k *keeper) run() {
	for {
		select {
		case name := <-k.added:
			k.names = append(k.names, name)
		default:
			for _, name := range k.names {
				k.drop(name)
			}
		}
	}
}

func (k *keeper) add(name string) { k.added <- name }

func dropper(t *tokens) func(string) {
	return func(name string) {
		t.mu.Lock()
		delete(t.live, name)
		t.mu.Unlock()
	}
}

func (t *tokens) enable() { t.keep = newKeeper(dropper(t)) }

func (t *tokens) assign(name string) {
	t.mu.Lock()
	t.live[name] = true
	t.keep.add(name) // want "t.mu is held across keeper.add, .*its receiver needs t.mu too"
	t.mu.Unlock()
}

func (t *tokens) assignFree(name string) {
	t.mu.Lock()
	t.live[name] = true
	t.mu.Unlock()
	t.keep.add(name)
}

// The loop needs no lock.

type cards struct {
	mu   sync.Mutex
	deck *dealer
	n    int
}

type dealer struct {
	drawn chan int
	count int
}

func (d *dealer) run() {
	for v := range d.drawn {
		d.count += v
	}
}

func (d *dealer) draw(v int) { d.drawn <- v }

func newCards() *cards {
	c := &cards{deck: &dealer{drawn: make(chan int, 1)}}
	go c.deck.run()
	return c
}

func (c *cards) take(v int) {
	c.mu.Lock()
	c.n++
	c.deck.draw(v)
	c.mu.Unlock()
}
