// Package intended does without a bound knowingly.
package intended

import (
	"container/list"
	"sync"
)

type job struct{ n int }

type overflow struct {
	mu sync.Mutex

	// An unbounded list takes the input so that producers are never blocked.
	input []job
}

func (s *overflow) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.input = append(s.input, j) // want "overflow.input grows in put and is popped in take"
}

func (s *overflow) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.input) > 0 {
		j, s.input = s.input[0], s.input[1:]
	}
	return j
}

type gauge struct{ v float64 }

func (g *gauge) Set(v float64) { g.v = v }

type measured struct {
	mu    sync.Mutex
	depth gauge
	q     []job
}

func (s *measured) put(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, j) // want "measured.q grows in put and is popped in take"
	s.depth.Set(float64(len(s.q)))
}

func (s *measured) take() (j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		j, s.q = s.q[0], s.q[1:]
	}
	return j
}

// executor runs callbacks one after the other, in a goroutine that comes and goes.
type executor struct {
	mu      sync.Mutex
	running bool
	ops     *list.List
}

func (e *executor) enqueue(op func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ops.PushBack(op) // want "executor.ops grows in enqueue and is popped in pop"
	if !e.running {
		e.running = true
		go e.run()
	}
}

func (e *executor) run() {
	for op := e.pop(); op != nil; op = e.pop() {
		op()
	}
}

func (e *executor) pop() func() {
	e.mu.Lock()
	defer e.mu.Unlock()
	first := e.ops.Front()
	if first == nil {
		e.running = false
		return nil
	}
	e.ops.Remove(first)
	return first.Value.(func())
}
