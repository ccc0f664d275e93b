// Package serial holds locks that keep the callers of one function in line,
// beside locks that guard data.
package serial

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// framer sends a head and a body as one: its lock keeps them together.
type framer struct {
	mu    sync.Mutex
	parts chan []byte
}

func newFramer() *framer {
	f := &framer{parts: make(chan []byte)}
	go f.copy()
	return f
}

func (f *framer) copy() {
	for range f.parts {
	}
}

func (f *framer) write(head, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.parts <- head
	f.parts <- body
}

// batcher keeps a batch together in the same way.
type batcher struct {
	mu  sync.Mutex
	out chan int
}

func (b *batcher) put(vs []int) {
	b.mu.Lock()
	for _, v := range vs {
		b.out <- v
	}
	b.mu.Unlock()
}

// journal guards its length by the same lock, and others read it.
type journal struct {
	mu   sync.Mutex
	rows chan int
	n    int
}

func (j *journal) size() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n
}

func (j *journal) add(a, b int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.rows <- a // want "j.mu is held across a send on j.rows"
	j.rows <- b
	j.n += 2
}

// pacer spaces its callers out.
type pacer struct {
	mu   sync.Mutex
	gap  time.Duration
	next time.Time
}

func (p *pacer) turn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := time.Until(p.next); d > 0 {
		time.Sleep(d)
	}
	p.next = time.Now().Add(p.gap)
}

// watched is the same, but somebody else wants to look.
type watched struct {
	mu   sync.Mutex
	next time.Time
}

func (w *watched) due() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.next
}

func (w *watched) turn() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if d := time.Until(w.next); d > 0 {
		time.Sleep(d) // want "w.mu is held across time.Sleep"
	}
	w.next = time.Now().Add(time.Second)
}

// host is one entry of a resolver: who waits for its lock wants its answer.
type host struct {
	mu    sync.Mutex
	addrs []string
	err   error
}

type resolver struct {
	mu    sync.Mutex
	hosts map[string]*host
	all   sync.Map
}

func (r *resolver) host(name string) *host {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok := r.hosts[name]
	if !ok {
		h = &host{}
		r.hosts[name] = h
	}
	return h
}

func (r *resolver) lookup(name string) ([]string, error) {
	h := r.host(name)
	return h.fill(name)
}

func (h *host) fill(name string) ([]string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.addrs == nil && h.err == nil {
		h.addrs, h.err = net.LookupHost(name)
	}
	return h.addrs, h.err
}

type page struct {
	mu   sync.Mutex
	resp *http.Response
}

type pages struct{ m sync.Map }

func (p *pages) get(u string) (*http.Response, error) {
	v, _ := p.m.LoadOrStore(u, new(page))
	e := v.(*page)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.resp != nil {
		return e.resp, nil
	}
	resp, err := http.Get(u)
	e.resp = resp
	return resp, err
}

// shared is one object for all keys: everybody waits for everybody.
type shared struct {
	mu    sync.Mutex
	addrs map[string][]string
}

func (s *shared) lookup(name string) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, ok := s.addrs[name]; ok {
		return a, nil
	}
	a, err := net.LookupHost(name) // want "s.mu is held across net.LookupHost"
	s.addrs[name] = a
	return a, err
}

// token is one value that everybody wants who waits for the lock.
type token struct {
	mu   sync.Mutex
	resp *http.Response
	end  time.Time
}

func (t *token) get(u string) (*http.Response, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if time.Now().Before(t.end) {
		return t.resp, nil
	}
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	t.resp, t.end = resp, time.Now().Add(time.Hour)
	return resp, nil
}

// status is fetched each time.
type status struct {
	mu   sync.Mutex
	resp *http.Response
}

func (s *status) refresh(u string) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resp, err = http.Get(u) // want "s.mu is held across http.Get"
	return err
}

// login returns early with an error only.
type login struct {
	mu   sync.Mutex
	resp *http.Response
}

func (l *login) again(u string, check func(string) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := check(u); err != nil {
		return err
	}
	resp, err := http.Get(u) // want "l.mu is held across http.Get"
	if err != nil {
		return err
	}
	l.resp = resp
	return nil
}

// named has a result with a name.
type named struct {
	mu   sync.Mutex
	resp *http.Response
}

func (n *named) get(u string) (resp *http.Response, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.resp != nil {
		return n.resp, nil
	}
	resp, err = http.Get(u)
	n.resp = resp
	return resp, err
}

// peeked is filled in the same way as token, but others look without need.
type peeked struct {
	mu   sync.Mutex
	resp *http.Response
}

func (p *peeked) known() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.resp != nil
}

func (p *peeked) get(u string) (*http.Response, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.resp != nil {
		return p.resp, nil
	}
	resp, err := http.Get(u) // want "p.mu is held across http.Get"
	p.resp = resp
	return resp, err
}

// seen is an entry that others look into, so that they wait as well.
type seen struct {
	mu    sync.Mutex
	addrs []string
}

func (s *seen) known() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addrs != nil
}

func lookupSeen(m map[string]*seen, name string) (err error) {
	s := m[name]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addrs, err = net.LookupHost(name) // want "s.mu is held across net.LookupHost"
	return err
}

// queue drains what is left of a channel that it has closed itself.
type queue struct {
	mu   sync.Mutex
	jobs chan int
	n    int
}

func (q *queue) left() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.n
}

func (q *queue) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.jobs)
	for range q.jobs {
		q.n--
	}
}

func (q *queue) take() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for range q.jobs { // want "q.mu is held across a range over q.jobs"
		q.n--
	}
}

// refuse answers under a lock: the answer is short and buffered.
func (q *queue) refuse(w http.ResponseWriter) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n > 9 {
		http.Error(w, "busy", http.StatusServiceUnavailable)
	}
}

// lease hands out how to end it; to wait then is what it is for.
func (q *queue) lease(gone chan struct{}) func() {
	stop := func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.n--
		<-gone
	}
	return stop
}

func (q *queue) step(gone chan struct{}) func() {
	next := func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.n--
		<-gone // want "q.mu is held across a receive from gone"
	}
	return next
}
