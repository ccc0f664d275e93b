package chanop

import (
	"context"
	"sync"
)

// runner's loop takes the lock on its way out, before it says that it is done.
type runner struct {
	mu     sync.Mutex
	on     bool
	cancel context.CancelFunc
	gone   chan struct{}
}

func (r *runner) start(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ctx, r.cancel = context.WithCancel(ctx)
	r.gone, r.on = make(chan struct{}), true
	go r.run(ctx)
}

func (r *runner) run(ctx context.Context) {
	defer close(r.gone)
	defer r.setOff()
	<-ctx.Done()
}

func (r *runner) setOff() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
}

func (r *runner) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.on {
		return
	}
	r.cancel()
	<-r.gone // want "r.mu is held across a receive from r.gone, but whoever closes it needs r.mu too"
}

// literals is the same with a literal, and calls a function that waits.
type literals struct {
	mu   sync.Mutex
	on   bool
	stop chan struct{}
	gone chan struct{}
}

func newLiterals() *literals {
	l := &literals{on: true, stop: make(chan struct{}), gone: make(chan struct{})}
	go func() {
		defer close(l.gone)
		defer func() {
			l.mu.Lock()
			l.on = false
			l.mu.Unlock()
		}()
		<-l.stop
	}()
	return l
}

func (l *literals) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.stop)
	<-l.gone // want "l.mu is held across a receive from l.gone, but whoever closes it needs l.mu too"
}

// last says that it is done before it takes the lock.
type last struct {
	mu   sync.Mutex
	on   bool
	stop chan struct{}
	gone chan struct{}
}

func newLast() *last {
	l := &last{on: true, stop: make(chan struct{}), gone: make(chan struct{})}
	go l.run()
	return l
}

func (l *last) run() {
	defer l.setOff()
	defer close(l.gone)
	<-l.stop
}

func (l *last) setOff() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on = false
}

func (l *last) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.stop)
	<-l.gone
}

// eventful takes the lock for each event, two calls down.
type eventful struct {
	mu     sync.Mutex
	n      int
	events chan int
	stop   chan struct{}
	gone   chan struct{}
}

func newEventful(events chan int) *eventful {
	e := &eventful{events: events, stop: make(chan struct{}), gone: make(chan struct{})}
	go e.run()
	return e
}

func (e *eventful) run() {
	defer close(e.gone)
	for {
		select {
		case <-e.stop:
			return
		case v := <-e.events:
			e.handle(v)
		}
	}
}

func (e *eventful) handle(v int) { e.add(v * 2) }

func (e *eventful) add(v int) {
	e.mu.Lock()
	e.n += v
	e.mu.Unlock()
}

func (e *eventful) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	close(e.stop)
	<-e.gone // want "e.mu is held across a receive from e.gone, but whoever closes it needs e.mu too"
}

func (e *eventful) Shutdown() {
	close(e.stop)
	<-e.gone
	e.mu.Lock()
	defer e.mu.Unlock()
	e.n = 0
}

// detached counts under a lock of its own.
type detached struct {
	mu, nmu sync.Mutex
	n       int
	events  chan int
	stop    chan struct{}
	gone    chan struct{}
}

func newDetached(events chan int) *detached {
	d := &detached{events: events, stop: make(chan struct{}), gone: make(chan struct{})}
	go d.run()
	return d
}

func (d *detached) run() {
	defer close(d.gone)
	for {
		select {
		case <-d.stop:
			return
		case <-d.events:
			d.nmu.Lock()
			d.n++
			d.nmu.Unlock()
		}
	}
}

func (d *detached) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.stop)
	<-d.gone
}

// deep is a receiver that needs the lock two calls down.
type deep struct {
	mu   sync.Mutex
	seen map[int]bool
	out  chan int
}

func newDeep() *deep {
	d := &deep{seen: map[int]bool{}, out: make(chan int)}
	go d.consume()
	return d
}

func (d *deep) consume() {
	for v := range d.out {
		d.take(v)
	}
}

func (d *deep) take(v int) { d.mark(v) }

func (d *deep) mark(v int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen[v] = true
}

func (d *deep) emit(v int) { d.out <- v }

func (d *deep) publish(v int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.emit(v) // want "d.mu is held across deep.emit, which sends on d.out, but its receiver needs d.mu too"
}

// counter's only receiver needs the lock before each receive.
type counter struct {
	mu    sync.Mutex
	n     int
	ticks chan int
}

func newCounter(ctx context.Context) *counter {
	c := &counter{ticks: make(chan int)}
	go c.run(ctx)
	return c
}

func (c *counter) run(ctx context.Context) {
	for {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
		select {
		case <-c.ticks:
		case <-ctx.Done():
			return
		}
	}
}

func (c *counter) tick(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select { // want "c.mu is held across a select without default, but the receiver needs c.mu too"
	case c.ticks <- c.n:
	case <-ctx.Done():
	}
}

// other has a second thing to do in its select.
func (c *counter) other(ctx context.Context, in chan int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select { // want "c.mu is held across a select without default .locked on line"
	case c.ticks <- c.n:
	case v := <-in:
		c.n = v
	case <-ctx.Done():
	}
}
