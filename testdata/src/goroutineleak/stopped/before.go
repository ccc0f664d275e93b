package stopped

// sink is flushed by who stops it, before.
type sink struct {
	flush chan chan int
	quit  chan struct{}
}

func newSink() *sink {
	s := &sink{make(chan chan int), make(chan struct{})}
	go s.run()
	return s
}

func (s *sink) run() {
	for {
		select {
		case ack := <-s.flush:
			ack <- 1
		case <-s.quit:
			return
		}
	}
}

func (s *sink) sync() int {
	ack := make(chan int, 1)
	s.flush <- ack // ok: only before the stop
	return <-ack
}

func (s *sink) close() {
	s.sync()
	close(s.quit)
}

// log is stopped where it was made, after all that was written.
type log struct {
	lines chan string
	quit  chan struct{}
}

func newLog() *log {
	l := &log{make(chan string), make(chan struct{})}
	go l.run()
	return l
}

func (l *log) run() {
	for {
		select {
		case s := <-l.lines:
			println(s)
		case <-l.quit:
			return
		}
	}
}

func (l *log) write(s string) { l.lines <- s } // ok

type page struct{ l *log }

func (p *page) all(ss []string) {
	for _, s := range ss {
		p.l.write(s)
	}
}

func printAll(ss []string) {
	l := newLog()
	defer close(l.quit)
	p := &page{l}
	p.all(ss)
}

// late is flushed by who stops it, afterwards too.
type late struct {
	flush chan chan int
	quit  chan struct{}
}

func newLate() *late {
	s := &late{make(chan chan int), make(chan struct{})}
	go s.run()
	return s
}

func (s *late) run() {
	for {
		select {
		case ack := <-s.flush:
			ack <- 1
		case <-s.quit:
			return
		}
	}
}

func (s *late) sync() int {
	ack := make(chan int, 1)
	s.flush <- ack // want "this send waits for ever"
	return <-ack
}

func (s *late) close() {
	s.sync()
	close(s.quit)
	s.sync()
}

// pair stops one and writes to the other.
type pair struct {
	in   chan int
	quit chan struct{}
}

func newPair() *pair {
	p := &pair{make(chan int), make(chan struct{})}
	go p.run()
	return p
}

func (p *pair) run() {
	for {
		select {
		case v := <-p.in:
			println(v)
		case <-p.quit:
			return
		}
	}
}

func (p *pair) add(v int) { p.in <- v } // want "this send waits for ever once pair.run leaves by p.quit"

func (p *pair) handOver(to *pair) {
	to.add(1)
	close(p.quit)
}

// open can be used by others at any time.
type open struct {
	in   chan int
	quit chan struct{}
}

func newOpen() *open {
	o := &open{make(chan int), make(chan struct{})}
	go o.run()
	return o
}

func (o *open) run() {
	for {
		select {
		case v := <-o.in:
			println(v)
		case <-o.quit:
			return
		}
	}
}

// Add is for everybody.
func (o *open) Add(v int) { o.in <- v } // want "this send waits for ever once open.run leaves by o.quit"

func (o *open) close() {
	o.Add(0)
	close(o.quit)
}
