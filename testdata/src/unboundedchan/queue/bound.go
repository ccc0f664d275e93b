package queue

import (
	"container/list"
	"sync"
)

// What follows is bounded by something else than a comparison of its length, or
// would be a queue but for one line.

type byKey struct {
	mu    sync.Mutex
	items map[string]job
	order []string
}

// put queues each key once.
func (s *byKey) put(key string, j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, queued := s.items[key]; !queued {
		s.order = append(s.order, key)
	}
	s.items[key] = j
}

func (s *byKey) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.order) > 0 {
		key := s.order[0]
		s.order = s.order[1:]
		j = s.items[key]
		delete(s.items, key)
	}
	return j
}

type onlyKnown struct {
	mu     sync.Mutex
	topics map[string]bool
	q      []string
}

// put refuses what is unknown, and queues the known as often as it comes.
func (s *onlyKnown) put(topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.topics[topic] {
		return
	}
	s.q = append(s.q, topic) // want "onlyKnown.q grows in put and is popped in take"
}

func (s *onlyKnown) take() (t string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		t, s.q = s.q[0], s.q[1:]
	}
	return t
}

type names struct {
	mu     sync.Mutex
	queued map[string]bool
	q      *list.List
}

func (s *names) put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queued[name] {
		return
	}
	s.queued[name] = true
	s.q.PushBack(name)
}

func (s *names) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.q.Front()
	s.q.Remove(e)
	delete(s.queued, e.Value.(string))
	return e.Value.(string)
}

type tracker struct {
	mu      sync.Mutex
	pending map[int]job
	order   *list.List
}

const mostPending = 64

// add compares the length of what grows along.
func (s *tracker) add(j job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.pending); n >= mostPending {
		return errFull
	}
	s.pending[j.n] = j
	s.order.PushBack(j.n)
	return nil
}

func (s *tracker) expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.order.Front()
	s.order.Remove(e)
	delete(s.pending, e.Value.(int))
}

type uploads struct {
	mu  sync.Mutex
	max uint32
	seq uint32
	q   *list.List
}

func (s *uploads) isFull() bool {
	n := uint32(s.q.Len())
	return s.seq+n >= s.max
}

func (s *uploads) put(j job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isFull() {
		return errFull
	}
	s.q.PushBack(j)
	return nil
}

func (s *uploads) take() job {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.q.Front()
	s.q.Remove(e)
	return e.Value.(job)
}

type safeList struct {
	mu sync.Mutex
	l  *list.List
}

func (s *safeList) add(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.l.PushBack(j)
}

func (s *safeList) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.l.Len()
}

func (s *safeList) remove() *list.Element {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.l.Front()
	if e != nil {
		s.l.Remove(e)
	}
	return e
}

// runner asks for the length two calls away, and adds two calls away.
type runner struct {
	deferred *safeList
	most     int
}

func (r *runner) count() int { return r.deferred.len() }

func (r *runner) postpone(j job) { r.deferred.add(j) }

func (r *runner) run(j job, do func(job)) {
	if r.count() < r.most {
		r.postpone(j)
		return
	}
	do(j)
}

type handle struct{ fd int }

// handles are given back and taken again; who finds none opens one.
type handles struct {
	mu   sync.Mutex
	open func() (*handle, error)
	list []*handle
}

func (s *handles) get() (*handle, error) {
	s.mu.Lock()
	if len(s.list) > 0 {
		h := s.list[0]
		s.list = s.list[1:]
		s.mu.Unlock()
		return h, nil
	}
	s.mu.Unlock()
	h, err := s.open()
	return h, err
}

func (s *handles) put(h *handle) {
	s.mu.Lock()
	s.list = append(s.list, h)
	s.mu.Unlock()
}

// What nobody opens was put there by somebody else.
type orders struct {
	mu   sync.Mutex
	list []*handle
}

func (s *orders) get() (h *handle) {
	s.mu.Lock()
	if len(s.list) > 0 {
		h = s.list[0]
		s.list = s.list[1:]
	}
	s.mu.Unlock()
	return h
}

func (s *orders) put(h *handle) {
	s.mu.Lock()
	s.list = append(s.list, h) // want "orders.list grows in put and is popped in get"
	s.mu.Unlock()
}

type portPool struct {
	mu    sync.Mutex
	ports []int
}

func (s *portPool) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.ports[0]
	s.ports = append(s.ports[:0], s.ports[1:]...)
	return p
}

func (s *portPool) put(p int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ports = append(s.ports, p)
}

// A pool of workers has work to do.
type workerPool struct {
	mu    sync.Mutex
	tasks []job
}

func (s *workerPool) submit(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tasks = append(s.tasks, j) // want "workerPool.tasks grows in submit and is popped in next"
}

func (s *workerPool) next() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.tasks) > 0 {
		j, s.tasks = s.tasks[0], s.tasks[1:]
	}
	return j
}

// A walk that removes takes nothing in turn.
type expiring struct {
	mu sync.Mutex
	l  *list.List
}

func (s *expiring) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.l.PushBack(j)
}

func (s *expiring) sweep(isOld func(job) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var next *list.Element
	for e := s.l.Front(); e != nil; e = next {
		next = e.Next()
		if isOld(e.Value.(job)) {
			s.l.Remove(e)
		}
	}
}

// A batch that was taken over is nobody's queue.
type flushed struct {
	mu sync.Mutex
	l  *list.List
}

func (s *flushed) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.l.PushBack(j)
}

func (s *flushed) flush(do func(job)) {
	s.mu.Lock()
	l := s.l
	s.l = list.New()
	s.mu.Unlock()
	for l.Len() > 0 {
		e := l.Front()
		l.Remove(e)
		do(e.Value.(job))
	}
}

// The pop that is named is that of the consumer, not of the end.
type stopped struct {
	mu sync.Mutex
	q  []job
}

func (s *stopped) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.q) > 0 {
		s.q = s.q[1:]
	}
}

func (s *stopped) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, j) // want "stopped.q grows in put and is popped in take"
}

func (s *stopped) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
	}
	return j
}

// Some words about a queue without any bound give no reason for it.
type described struct {
	mu sync.Mutex
	q  []job // grows without limit
}

func (s *described) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, j) // want "described.q grows in put and is popped in take"
}

func (s *described) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
	}
	return j
}
