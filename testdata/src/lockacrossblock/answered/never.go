package answered

import (
	"sync"
	"time"
)

type alarm struct {
	mu sync.Mutex
	t  *time.Timer
	n  int
}

// rearm takes out what the timer has sent.
func (a *alarm) rearm(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.t != nil && !a.t.Stop() {
		<-a.t.C
	}
	a.t = time.NewTimer(d)
}

func (a *alarm) rearmTwice(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.set(d)
}

func (a *alarm) set(d time.Duration) {
	if !a.t.Stop() {
		<-a.t.C
	}
	a.t.Reset(d)
}

// await does wait for it.
func (a *alarm) await() {
	a.mu.Lock()
	defer a.mu.Unlock()
	<-a.t.C // want "a.mu is held across a receive from a.t.C"
	a.n++
}

type group struct {
	mu  sync.Mutex
	err error
}

// crash only keeps the goroutine in sight.
func (g *group) crash() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err != nil {
		go panic(g.err)
		select {}
	}
}

// hang waits for ever.
func (g *group) hang() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err != nil {
		select {} // want "g.mu is held across a select"
	}
}

type shelf struct {
	mu    sync.Mutex
	books chan string
	kept  []string
}

func newShelf(n int) *shelf { return &shelf{books: make(chan string, n)} }

// put looks first whether there is room, and nobody else puts.
func (s *shelf) put(v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.books) == cap(s.books) {
		s.kept = append(s.kept, v)
		return
	}
	s.books <- v
}

func (s *shelf) take() string { return <-s.books }

type desk struct {
	mu    sync.Mutex
	books chan string
	kept  []string
}

func newDesk(n int) *desk { return &desk{books: make(chan string, n)} }

// put looks too, but others put besides.
func (d *desk) put(v string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.books) < cap(d.books) {
		d.books <- v // want "d.mu is held across a send on d.books"
	}
}

func (d *desk) all() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.kept
}

func (d *desk) slip(v string) { d.books <- v }

func (d *desk) take() string { return <-d.books }

type ticket struct {
	Done   chan struct{}
	served bool
}

func NewTicket() *ticket { return &ticket{Done: make(chan struct{}, 1)} }

type counter struct {
	mu      sync.Mutex
	tickets map[int]*ticket
	quit    chan struct{}
}

// serve tells each ticket once.
func (c *counter) serve(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.tickets[id]
	select {
	case t.Done <- struct{}{}:
	case <-c.quit:
		return
	}
	delete(c.tickets, id)
}

// call marks each ticket once it was told.
func (c *counter) call(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.tickets[id]
	if t.served {
		return
	}
	select {
	case t.Done <- struct{}{}:
		t.served = true
	case <-c.quit:
	}
}

// remind tells a ticket as often as it is called.
func (c *counter) remind(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.tickets[id]
	select { // want "c.mu is held across a select"
	case t.Done <- struct{}{}:
	case <-c.quit:
	}
}

// patient is a condition variable that gives up on a signal.
type patient struct{ *sync.Cond }

func (p patient) Wait(stop <-chan struct{}) {
	woken := make(chan struct{})
	go func() {
		p.Cond.Wait()
		close(woken)
	}()
	select {
	case <-woken:
	case <-stop:
		p.Broadcast()
		<-woken
	}
}

type line struct {
	mu   sync.Mutex
	cond patient
	n    int
}

func newLine() *line {
	l := &line{}
	l.cond = patient{sync.NewCond(&l.mu)}
	return l
}

func (l *line) next(stop <-chan struct{}) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.n == 0 {
		l.cond.Wait(stop)
	}
	l.n--
	return l.n
}

type answer struct{ n int }

// office keeps a channel with room for one for each who asks.
type office struct {
	mu   sync.Mutex
	asks map[int][]chan *answer
}

func (o *office) ask(id int) <-chan *answer {
	c := make(chan *answer, 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asks[id] = append(o.asks[id], c)
	return c
}

func (o *office) answer(id int, a *answer) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.asks[id] {
		c <- a
	}
	delete(o.asks, id)
}
