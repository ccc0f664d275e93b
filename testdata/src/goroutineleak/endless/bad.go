// Package endless starts goroutines that nothing can end.
package endless

import (
	"io"
	"sync"
	"time"
)

type poller struct {
	t    *time.Ticker
	mu   sync.Mutex
	n    int
	once sync.Once
	in   chan int
}

// Stop stops the ticks, not the range over them.
func (p *poller) Stop() { p.t.Stop() }

func newPoller(f func()) *poller {
	p := &poller{t: time.NewTicker(time.Second), in: make(chan int)}
	go func() { // want "never ends: Stop does not close p.t.C"
		for range p.t.C {
			f()
		}
	}()
	return p
}

func (p *poller) start() {
	go p.loop() // want "loop never ends: Stop does not close p.t.C"
}

func (p *poller) loop() {
	defer p.t.Stop()
	total := 0
	defer func() { p.n = total }()
	for t := range p.t.C {
		total += t.Second()
	}
}

func (p *poller) bare() {
	go func() { // want "the loop .* has no way out"
		for {
			p.mu.Lock()
			p.n++
			p.mu.Unlock()
			<-p.in
		}
	}()
}

func (p *poller) asleep() {
	p.once.Do(func() { // the type has a Stop, and this does not hear it
		go func() { // want "the timed loop .* has no way out"
			for {
				p.n++
				time.Sleep(time.Minute)
			}
		}()
	})
}

func (p *poller) tail() {
	go func() { // want "the timed loop .* has no way out"
		p.n++
		p.beat()
	}()
}

func (p *poller) beat() {
	for {
		<-p.t.C
		p.n++
	}
}

func (p *poller) viaTick() {
	go func() { // want "never ends: nothing ever closes the channel time.Tick"
		for range time.Tick(time.Second) {
			p.n++
		}
	}()
}

func (p *poller) viaKeptTick() {
	tick := time.Tick(time.Second)
	go func() { // want "never ends: nothing ever closes the channel tick "
		for range tick {
			p.n++
		}
	}()
}

func (p *poller) labelled() {
	var wg sync.WaitGroup
	wg.Go(func() { // want "the timed loop .* has no way out"
	outer:
		for {
			select {
			case <-p.t.C:
				continue outer
			case v := <-p.in:
				if v > 0 {
					break // leaves the select only
				}
				p.n++
			}
		}
	})
	wg.Wait()
}

func (p *poller) idle() {
	go func() { // want "the empty select .* waits for ever"
		select {}
	}()
}

func (p *poller) spawn(f func()) { go f() }

func (p *poller) wrapped() {
	p.spawn(func() { // want "the timed loop .* has no way out"
		for {
			time.Sleep(time.Second)
			p.n++
		}
	})
}

func (p *poller) conditional(assigned map[string]bool) {
	go func() { // want "cannot be stopped: nothing outside ends the timed loop"
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for range t.C {
			p.mu.Lock()
			isAssigned := assigned["x"]
			p.mu.Unlock()
			if isAssigned {
				return
			}
		}
	}()
}

type generic[T any] struct{ items []T }

func (g *generic[T]) run(f func(T)) {
	go func() { // want "the timed loop .* has no way out"
		for {
			for _, v := range g.items {
				f(v)
			}
			time.Sleep(time.Second)
		}
	}()
}

// What is counted and never compared is no end, nor is a state that the loop
// only looks at.
func counting(want int) {
	go func() { // want "the goroutine cannot be stopped: nothing outside ends the timed loop"
		n := 0
		for {
			time.Sleep(time.Second)
			n++
			println(n)
			if phase() == want {
				return
			}
		}
	}()
}

var phases = map[string]int{}

func phase() int { return phases["now"] }

// Whatever comes before it: an empty select never ends.
func hello(c io.Writer, in <-chan int) {
	go func() { // want "the goroutine never ends: the empty select .* waits for ever"
		for v := range in {
			if _, err := c.Write([]byte{byte(v)}); err != nil {
				return
			}
		}
		select {}
	}()
}
