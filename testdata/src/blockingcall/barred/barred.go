// Package barred has event loops that take locks which others hold across waits.
package barred

import (
	"net"
	"net/http"
	"sync"
	"time"
)

type mirror struct {
	mu    sync.Mutex
	hosts map[string]int
	in    chan string
	quit  chan struct{}
}

func (m *mirror) loop() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			m.mu.Lock() // want "locking m.mu waits while mirror.Refresh holds it across all.Wait, so m.quit and m.in are not served"
			clear(m.hosts)
			m.mu.Unlock()
		case host := <-m.in:
			_ = host
		case <-m.quit:
			return
		}
	}
}

// Refresh asks all hosts; the goroutines need no lock, so it comes back when the
// slowest host has answered.
func (m *mirror) Refresh() {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all sync.WaitGroup
	for host := range m.hosts {
		all.Go(func() { fetch(host) })
	}
	all.Wait()
}

func fetch(host string) {
	if resp, err := http.Get("http://" + host); err == nil {
		resp.Body.Close()
	}
}

// The same with a lock that the loop does not take while it serves.

type calm struct {
	mu    sync.Mutex
	state sync.Mutex
	hosts map[string]int
	in    chan string
	quit  chan struct{}
}

func (m *calm) loop() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			m.state.Lock()
			clear(m.hosts)
			m.state.Unlock()
		case host := <-m.in:
			_ = host
		case <-m.quit:
			m.mu.Lock()
			m.hosts = nil
			m.mu.Unlock()
			return
		}
	}
}

func (m *calm) Refresh() {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all sync.WaitGroup
	for host := range m.hosts {
		all.Go(func() { fetch(host) })
	}
	all.Wait()
}

// The lock is taken two calls away, and the wait is for a peer that may have
// nothing to say.

type dialogue struct {
	mu    sync.RWMutex
	r     net.Conn
	greet string
	beats int
	in    chan string
}

func (s *dialogue) serve(quit <-chan struct{}) {
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for {
		select {
		case line := <-s.in:
			s.note(line) // want "locking s.mu waits while dialogue.Greeting holds it across .*Read.*starves-heartbeat"
		case <-beat.C:
			s.beats++
		case <-quit:
			return
		}
	}
}

func (s *dialogue) note(line string) { s.set(line) }

func (s *dialogue) set(line string) {
	s.mu.Lock()
	s.greet = line
	s.mu.Unlock()
}

func (s *dialogue) Greeting(buf []byte) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.greet == "" {
		n, _ := s.r.Read(buf)
		return string(buf[:n])
	}
	return s.greet
}

// Two readers do not keep each other out.

type shared struct {
	mu    sync.RWMutex
	r     net.Conn
	greet string
	beats int
	in    chan string
}

func (s *shared) serve(quit <-chan struct{}) {
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for {
		select {
		case <-s.in:
			s.show()
		case <-beat.C:
			s.beats++
		case <-quit:
			return
		}
	}
}

func (s *shared) show() {
	s.mu.RLock()
	_ = s.greet
	s.mu.RUnlock()
}

func (s *shared) Greeting(buf []byte) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n, _ := s.r.Read(buf)
	return string(buf[:n])
}

// Who holds the lock is the loop itself, or ends it.

type own struct {
	mu   sync.Mutex
	n    int
	conn net.Conn
	r    net.Conn
	in   chan string
	quit chan struct{}
}

func (o *own) Serve() {
	o.hello()
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for {
		select {
		case <-o.in:
			o.mu.Lock()
			o.n++
			o.mu.Unlock()
		case <-beat.C:
		case <-o.quit:
			return
		}
	}
}

func (o *own) hello() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.r.Read(make([]byte, 8))
}

func (o *own) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.r.Read(make([]byte, 8))
}

// A deadline ends the wait.

func (o *own) Peek() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.conn.SetReadDeadline(time.Now().Add(time.Millisecond))
	o.conn.Read(make([]byte, 1))
}

// The goroutines that are waited for only compute.

type adder struct {
	mu   sync.Mutex
	sums []int
	in   chan int
	quit chan struct{}
}

func (a *adder) loop() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			a.mu.Lock()
			a.sums = nil
			a.mu.Unlock()
		case v := <-a.in:
			_ = v
		case <-a.quit:
			return
		}
	}
}

func (a *adder) Double() {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all sync.WaitGroup
	for i := range a.sums {
		all.Go(func() { a.sums[i] *= 2 })
	}
	all.Wait()
}

// The lock keeps the questions to one connection apart, the loop's as well.

type line struct {
	mu   sync.Mutex
	r    net.Conn
	in   chan string
	quit chan struct{}
}

func (l *line) loop(other <-chan int) {
	for {
		select {
		case <-l.in:
			l.ask(nil)
		case <-other:
		case <-l.quit:
			return
		}
	}
}

func (l *line) ask(buf []byte) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, _ := l.r.Read(buf)
	return string(buf[:n])
}

func (l *line) Hello(buf []byte) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, _ := l.r.Read(buf)
	return string(buf[:n])
}

// A request under a lock is reported where it is made, and once.

type table struct {
	mu    sync.Mutex
	rows  map[string]*http.Response
	in    chan string
	other chan int
}

func (t *table) loop(quit <-chan struct{}) {
	for {
		select {
		case name := <-t.in:
			t.mu.Lock()
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

// A lock of the whole package, held by a goroutine that goes on beside the loop.

var (
	tableMu sync.Mutex
	names   []string
)

func publish(in <-chan string, other <-chan int, quit <-chan struct{}) {
	for {
		select {
		case name := <-in:
			tableMu.Lock() // want "locking tableMu waits while follow holds it across peer.Read"
			names = append(names, name)
			tableMu.Unlock()
		case <-other:
		case <-quit:
			return
		}
	}
}

func begin(peer net.Conn, in <-chan string, other <-chan int, quit <-chan struct{}) {
	go publish(in, other, quit)
	go follow(peer)
}

func follow(peer net.Conn) {
	buf := make([]byte, 80)
	for {
		tableMu.Lock()
		n, err := peer.Read(buf)
		if err != nil {
			tableMu.Unlock()
			return
		}
		names = append(names, string(buf[:n]))
		tableMu.Unlock()
	}
}
