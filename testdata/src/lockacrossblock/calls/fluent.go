package calls

import (
	"net/http"
	"sync"
	"time"
)

// drum is set up where it is made: newDrum().fill(url).
type drum struct {
	mu   sync.Mutex
	size int64
}

func newDrum() *drum { return new(drum) }

func (d *drum) fill(url string) *drum {
	d.mu.Lock()
	defer d.mu.Unlock()
	if resp, err := http.Get(url); err == nil {
		d.size = resp.ContentLength
		resp.Body.Close()
	}
	return d
}

func (d *drum) warmUp() *drum {
	d.mu.Lock()
	defer d.mu.Unlock()
	time.Sleep(time.Second)
	return d
}

// turn is called when everybody has the drum.
func (d *drum) turn() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	time.Sleep(time.Second) // want "d.mu is held across time.Sleep"
	return d.size
}

func (d *drum) next(url string) *drum {
	d.mu.Lock()
	defer d.mu.Unlock()
	if resp, err := http.Get(url); err == nil { // want "d.mu is held across http.Get"
		resp.Body.Close()
		return d
	}
	return newDrum()
}
