package strict

import (
	"net/http"
	"sync"
	"time"
)

type table struct {
	mu    sync.Mutex
	rows  map[string]*http.Response
	in    chan string
	other chan int
}

// The request is another pass's finding where it is made; what it does to the loop
// is the strictest reading.
func (t *table) loop(quit <-chan struct{}) {
	for {
		select {
		case name := <-t.in:
			t.mu.Lock() // want "locking t.mu waits while table.Load holds it across http.Get"
			delete(t.rows, name)
			t.mu.Unlock()
		case <-t.other:
		case <-quit:
			return
		}
	}
}

func (t *table) Load(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[name], _ = http.Get(name)
}

type feed struct {
	mu   sync.Mutex
	last int
	in   chan int
	out  chan int
}

// Nobody but who stops it waits for a loop with a single event.
func (f *feed) loop(quit <-chan struct{}) {
	for {
		select {
		case v := <-f.in:
			f.mu.Lock()
			f.last = v
			f.mu.Unlock()
		case <-quit:
			return
		}
	}
}

func (f *feed) Push() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.out <- f.last
}

func newFeed() *feed { return &feed{in: make(chan int), out: make(chan int)} }

// A loop that only ticks misses its own ticks.
func (f *feed) beats(tick *time.Ticker, quit <-chan struct{}) {
	for {
		select {
		case <-tick.C:
			f.mu.Lock() // want "locking f.mu waits while feed.Push holds it across a send on f.out"
			f.last++
			f.mu.Unlock()
		case <-quit:
			return
		}
	}
}
