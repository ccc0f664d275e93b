package stopped

import "context"

type careful struct {
	in   chan int
	quit chan struct{}
}

func newCareful() *careful {
	c := &careful{in: make(chan int), quit: make(chan struct{})}
	go c.run()
	return c
}

func (c *careful) run() {
	for {
		select {
		case v := <-c.in:
			println(v)
		case <-c.quit:
			return
		}
	}
}

func (c *careful) put(v int) {
	select {
	case c.in <- v:
	case <-c.quit:
	}
}

func (c *careful) close() { close(c.quit) }

// drained receives what is left before it goes.
type drained struct {
	in   chan int
	quit chan struct{}
}

func (d *drained) run() {
	for {
		select {
		case v := <-d.in:
			println(v)
		case <-d.quit:
			for v := range d.in {
				println(v)
			}
			return
		}
	}
}

func (d *drained) put(v int) { d.in <- v }

func (d *drained) shut() {
	close(d.quit)
	close(d.in)
}

func newDrained() *drained {
	d := &drained{make(chan int), make(chan struct{})}
	go d.run()
	return d
}

// roomy has a buffer.
type roomy struct{ in chan int }

func newRoomy(ctx context.Context) *roomy {
	r := &roomy{make(chan int, 8)}
	go r.run(ctx)
	return r
}

func (r *roomy) run(ctx context.Context) {
	for {
		select {
		case v := <-r.in:
			println(v)
		case <-ctx.Done():
			return
		}
	}
}

func (r *roomy) put(v int) { r.in <- v }

// Nobody stops this loop: quit is there for a later version.
type meterDesk struct {
	ask  chan chan int
	add  chan string
	quit chan struct{}
}

func openMeterDesk() *meterDesk {
	d := &meterDesk{ask: make(chan chan int), add: make(chan string), quit: make(chan struct{})}
	go d.serve()
	return d
}

func (d *meterDesk) serve() {
	n := 0
	for {
		select {
		case <-d.add:
			n++
		case answer := <-d.ask:
			answer <- n
		case <-d.quit:
			return
		}
	}
}

func (d *meterDesk) read() int {
	answer := make(chan int, 1)
	d.ask <- answer
	return <-answer
}

func (d *meterDesk) note(s string) { d.add <- s }

type monitor struct {
	ctx    context.Context
	cancel context.CancelFunc
	beats  chan int
	ended  chan struct{}
	last   int
}

func newMonitor() *monitor {
	m := &monitor{beats: make(chan int), ended: make(chan struct{})}
	m.ctx, m.cancel = context.WithCancel(context.Background())
	go m.loop()
	return m
}

func (m *monitor) loop() {
	defer close(m.ended)
	for {
		select {
		case b := <-m.beats:
			m.last = b
		case <-m.ctx.Done():
			return
		}
	}
}

// replay stops its own loop, and only when all is sent.
func replay(beats []int) int {
	m := newMonitor()
	for _, b := range beats {
		m.beats <- b
	}
	m.cancel()
	<-m.ended
	return m.last
}
