// Package queue keeps work in slices, lists and maps.
package queue

import (
	"container/list"
	"errors"
	"slices"
	"sync"
)

type job struct{ n int }

type open struct {
	mu sync.Mutex
	q  []job
}

func (s *open) put(j job) {
	s.mu.Lock()
	s.q = append(s.q, j) // want "open.q grows in put and is popped in take, on line 28, and nothing bounds it"
	s.mu.Unlock()
}

func (s *open) take() (j job, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q, ok = s.q[0], s.q[1:], true
	}
	return j, ok
}

type linked struct {
	cond *sync.Cond
	q    *list.List
}

func (s *linked) put(j job) {
	s.cond.L.Lock()
	s.q.PushBack(j) // want "linked.q grows in put and is popped in take"
	s.cond.L.Unlock()
	s.cond.Signal()
}

func (s *linked) take() job {
	s.cond.L.Lock()
	defer s.cond.L.Unlock()
	for s.q.Len() == 0 {
		s.cond.Wait()
	}
	e := s.q.Front()
	s.q.Remove(e)
	return e.Value.(job)
}

type numbered struct {
	sync.Mutex
	jobs       map[int]job
	head, tail int
}

func (s *numbered) put(j job) {
	s.Lock()
	defer s.Unlock()
	s.jobs[s.tail] = j // want "numbered.jobs grows in put and is popped in take"
	s.tail++
}

func (s *numbered) take() (job, bool) {
	s.Lock()
	defer s.Unlock()
	j, ok := s.jobs[s.head]
	if ok {
		delete(s.jobs, s.head)
		s.head++
	}
	return j, ok
}

type anyOf struct {
	mu    sync.Mutex
	dirty map[string]job
}

func (s *anyOf) put(name string, j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dirty[name] = j // want "anyOf.dirty grows in put and is popped in take"
}

func (s *anyOf) take() (job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, j := range s.dirty {
		delete(s.dirty, name)
		return j, true
	}
	return job{}, false
}

type shifted struct {
	mu sync.RWMutex
	q  []*job
}

func (s *shifted) put(j *job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, j) // want "shifted.q grows in put and is popped in take"
}

func (s *shifted) take() *job {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) == 0 {
		return nil
	}
	j := s.q[0]
	copy(s.q, s.q[1:])
	s.q = s.q[:len(s.q)-1]
	return j
}

type generic[T any] struct {
	mu sync.Mutex
	q  []T
}

func (s *generic[T]) put(v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, v) // want "generic.q grows in put and is popped in take"
}

func (s *generic[T]) take() (v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) == 0 {
		return v
	}
	v = s.q[0]
	s.q = slices.Delete(s.q, 0, 1)
	return v
}

type woken struct {
	wake chan struct{}
	mu   sync.Mutex
	q    []job
}

func (s *woken) put(j job) {
	s.mu.Lock()
	s.q = append(s.q, j) // want "woken.q grows in put and is popped in run"
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *woken) run(do func(job)) {
	for range s.wake {
		s.mu.Lock()
		q := s.q
		for len(q) > 0 {
			do(q[0])
			s.q = q[1:]
			q = s.q
		}
		s.mu.Unlock()
	}
}

type perKey struct {
	mu sync.Mutex
	q  map[string][]job
}

func (s *perKey) put(name string, j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q[name] = append(s.q[name], j) // want "perKey.q grows in put and is popped in take"
}

func (s *perKey) take(name string) (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q[name]) > 0 {
		j = s.q[name][0]
		s.q[name] = s.q[name][1:]
	}
	return j
}

type perLevel struct {
	mu sync.Mutex
	q  [3][]job
}

func (s *perLevel) put(level int, j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q[level] = append(s.q[level], j) // want "perLevel.q grows in put and is popped in take"
}

func (s *perLevel) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for level := range s.q {
		if len(s.q[level]) > 0 {
			j, s.q[level] = s.q[level][0], s.q[level][1:]
			break
		}
	}
	return j
}

var (
	mu      sync.Mutex
	pending []job
)

func put(j job) {
	mu.Lock()
	defer mu.Unlock()
	pending = append(pending, j) // want "pending grows in put and is popped in take"
}

func take() (j job) {
	mu.Lock()
	defer mu.Unlock()
	if len(pending) > 0 {
		j, pending = pending[0], pending[1:]
	}
	return j
}

// What follows is bounded, or no queue between goroutines.

var errFull = errors.New("full")

type bounded struct {
	mu  sync.Mutex
	q   []job
	max int
}

func (s *bounded) put(j job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) >= s.max {
		return errFull
	}
	s.q = append(s.q, j)
	return nil
}

func (s *bounded) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
	}
	return j
}

type askedFirst struct {
	mu sync.Mutex
	q  []job
}

func (s *askedFirst) full() bool { return len(s.q) >= 100 }

func (s *askedFirst) put(j job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full() {
		return errFull
	}
	s.q = append(s.q, j)
	return nil
}

func (s *askedFirst) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
	}
	return j
}

type dropsOldest struct {
	mu sync.Mutex
	q  []job
	n  int
}

func (s *dropsOldest) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.n == 10 {
		s.q = s.q[1:]
		s.n--
	}
	s.q = append(s.q, j)
	s.n++
}

func (s *dropsOldest) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
		s.n--
	}
	return j
}

type waits struct {
	mu   sync.Mutex
	room *sync.Cond
	q    []job
}

func (s *waits) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.isFull() {
		s.room.Wait()
	}
	s.q = append(s.q, j)
}

func (s *waits) isFull() bool { return len(s.q) > 7 }

func (s *waits) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
		s.room.Signal()
	}
	return j
}

// Whoever waits in line has one place in it.
type line struct {
	mu      sync.Mutex
	waiters []chan struct{}
}

func (s *line) wait() {
	c := make(chan struct{})
	s.mu.Lock()
	s.waiters = append(s.waiters, c)
	s.mu.Unlock()
	<-c
}

func (s *line) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiters) > 0 {
		close(s.waiters[0])
		s.waiters = s.waiters[1:]
	}
}

// One goroutine's parser: nobody else is there.
type parser struct{ tokens []string }

func (p *parser) push(t string) { p.tokens = append(p.tokens, t) }

func (p *parser) next() (t string) {
	if len(p.tokens) > 0 {
		t, p.tokens = p.tokens[0], p.tokens[1:]
	}
	return t
}

// A free list is taken from behind.
type free struct {
	mu   sync.Mutex
	bufs [][]int
}

func (s *free) put(b []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bufs = append(s.bufs, b)
}

func (s *free) get() (b []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.bufs); n > 0 {
		b, s.bufs = s.bufs[n-1], s.bufs[:n-1]
	}
	return b
}

// A batch is taken over as a whole.
type batches struct {
	mu sync.Mutex
	q  []job
}

func (s *batches) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, j)
}

func (s *batches) all() []job {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.q
	s.q = nil
	return q
}

// A registry is no queue.
type registry struct {
	mu   sync.Mutex
	byID map[int]job
}

func (s *registry) add(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID[j.n] = j
}

func (s *registry) remove(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}

// Unbounded says what it is.
type Unbounded struct {
	mu sync.Mutex
	q  []job
}

func (s *Unbounded) Put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, j)
}

func (s *Unbounded) Take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
	}
	return j
}

// The work is filled in before anybody else has it.
type plan struct {
	mu    sync.Mutex
	steps []job
}

func newPlan(n int) *plan {
	p := &plan{}
	for i := range n {
		p.steps = append(p.steps, job{i})
	}
	return p
}

func (p *plan) next() (j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.steps) > 0 {
		j, p.steps = p.steps[0], p.steps[1:]
	}
	return j
}

// Who goes round a list puts back what it takes.
type ring struct {
	mu   sync.Mutex
	urls []string
}

func (s *ring) add(u string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.urls = append(s.urls, u)
}

func (s *ring) next() (u string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.urls) > 0 {
		u, s.urls = s.urls[0], s.urls[1:]
		s.urls = append(s.urls, u)
	}
	return u
}

// Who rotates a list takes nothing from it, and who fills it starts afresh.
type rotated struct {
	mu   sync.Mutex
	urls []string
}

func (s *rotated) set(urls []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.urls = make([]string, 0, len(urls))
	for _, u := range urls {
		s.urls = append(s.urls, u)
	}
}

func (s *rotated) add(u string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.urls = append(s.urls, u)
}

func (s *rotated) next() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.urls[0]
	copy(s.urls, s.urls[1:])
	s.urls[len(s.urls)-1] = first
	return first
}

type refilled struct {
	mu   sync.Mutex
	jobs []job
}

func (s *refilled) fill(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs = nil
	for i := range n {
		s.jobs = append(s.jobs, job{i})
	}
}

func (s *refilled) next() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.jobs) > 0 {
		j, s.jobs = s.jobs[0], s.jobs[1:]
	}
	return j
}

// The queue of a key goes by a name of its own.
type named struct {
	mu sync.Mutex
	q  map[string][]job
}

func (s *named) put(name string, j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q[name] = append(s.q[name], j) // want "named.q grows in put and is popped in take"
}

func (s *named) take(name string) (job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.q[name]
	if len(own) == 0 {
		return job{}, false
	}
	s.q[name] = own[1:]
	return own[0], true
}

// The same with a bound.
type namedBounded struct {
	mu sync.Mutex
	q  map[string][]job
}

func (s *namedBounded) put(name string, j job) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q[name]) >= 100 {
		return false
	}
	s.q[name] = append(s.q[name], j)
	return true
}

func (s *namedBounded) take(name string) (job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.q[name]
	if len(own) == 0 {
		return job{}, false
	}
	s.q[name] = own[1:]
	return own[0], true
}

// A struct within the struct.
type nested struct {
	sync.RWMutex
	state struct {
		jobs []*job
		n    int
	}
}

func (s *nested) put(j *job) {
	s.Lock()
	defer s.Unlock()
	s.state.jobs = append(s.state.jobs, j) // want "nested.state.jobs grows in put and is popped in take"
}

func (s *nested) take() *job {
	s.Lock()
	defer s.Unlock()
	if len(s.state.jobs) == 0 {
		return nil
	}
	j := s.state.jobs[0]
	s.state.jobs = s.state.jobs[1:]
	return j
}

// A free list holds no more than was taken from it.
type conns struct {
	mu   sync.Mutex
	free []*job
}

func (c *conns) returnConn(j *job) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free = append(c.free, j)
}

func (c *conns) getConn() *job {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.free) == 0 {
		return new(job)
	}
	j := c.free[0]
	c.free = c.free[1:]
	return j
}
