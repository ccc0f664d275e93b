// Package nonblocking holds promises that are kept and broken.
package nonblocking

import (
	"net/http"
	"sync"
	"time"
)

//asynclint:nonblocking
func naps() { // want "naps is marked nonblocking but may wait: time.Sleep; move the wait out or drop the mark"
	time.Sleep(time.Second)
}

//asynclint:nonblocking
func deep() { // want "deep is marked nonblocking but may wait: one → two → http.Get; move the wait out"
	one()
}

func one() { two() }

func two() {
	if resp, err := http.Get("http://example.com"); err == nil {
		resp.Body.Close()
	}
}

//asynclint:nonblocking
func sends(out chan<- int) { // want "sends is marked nonblocking but may wait: send"
	out <- 1
}

//asynclint:nonblocking
func receivesDeep(in <-chan int) int { // want "receivesDeep is marked nonblocking but may wait: take → recv"
	return take(in)
}

func take(in <-chan int) int { return <-in }

// A promise made by an interface binds its implementations.

type sink interface {
	//asynclint:nonblocking
	put(v int)
	flush()
}

type direct struct{ out chan int }

func (d *direct) put(v int) { d.out <- v } // want "direct.put is marked nonblocking as sink.put is but may wait: send"
func (d *direct) flush()    { time.Sleep(time.Second) }

type dropping struct{ out chan int }

func (d *dropping) put(v int) {
	select {
	case d.out <- v:
	default:
	}
}
func (d *dropping) flush() {}

var _ = []sink{&direct{}, &dropping{}}

// What is fine.

//asynclint:nonblocking
func spawns(out chan<- int) {
	go func() { out <- 1 }()
}

//asynclint:nonblocking
func offers(out chan<- int) bool {
	select {
	case out <- 1:
		return true
	default:
		return false
	}
}

type counter struct {
	mu sync.Mutex
	n  int
}

//asynclint:nonblocking
func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func unmarked() { time.Sleep(time.Second) }

//asynclint:nonblocking
func joinsByName(wg *sync.WaitGroup) { // want "joinsByName is marked nonblocking but may wait: sync.WaitGroup.Wait"
	settle := func() { wg.Wait() }
	settle()
}

//asynclint:nonblocking
func startsByName(wg *sync.WaitGroup) {
	settle := func() { wg.Wait() }
	go settle()
}

//asynclint:nonblocking
func putsByName(d *direct) { // want "putsByName is marked nonblocking but may wait: direct.put → send"
	put := d.put
	put(1)
}
