package queue

import (
	"iter"
	"sync"
)

// agenda is filled by one function, which then works it off; others may look.
type agenda struct {
	mu    sync.Mutex
	steps []job
}

func (p *agenda) Put(j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps = append(p.steps, j)
}

func (p *agenda) Take() (j job, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.steps) > 0 {
		j, p.steps, ok = p.steps[0], p.steps[1:], true
	}
	return j, ok
}

func (p *agenda) Show() []job {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]job(nil), p.steps...)
}

func carryOut(p *agenda, all iter.Seq[job]) (n int) {
	for j := range all {
		p.Put(j)
	}
	for {
		j, ok := p.Take()
		if !ok {
			return n
		}
		n += j.n
	}
}

// rolling is filled while it is worked off: one goroutine fills, another takes.
type rolling struct {
	mu    sync.Mutex
	steps []job
}

func (r *rolling) Put(j job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.steps = append(r.steps, j) // want "rolling.steps grows in Put and is popped in Take"
}

func (r *rolling) Take() (j job, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.steps) > 0 {
		j, r.steps, ok = r.steps[0], r.steps[1:], true
	}
	return j, ok
}

func roll(r *rolling, all []job) (n int) {
	go func() {
		for _, j := range all {
			r.Put(j)
		}
	}()
	for {
		if j, ok := r.Take(); ok {
			n += j.n
		}
	}
}

// events is filled and worked off in one loop, as fast as others send.
type events struct {
	mu    sync.Mutex
	steps []job
}

func (e *events) put(j job) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.steps = append(e.steps, j) // want "events.steps grows in put and is popped in take"
}

func (e *events) take() (j job, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.steps) > 0 {
		j, e.steps, ok = e.steps[0], e.steps[1:], true
	}
	return j, ok
}

func buffer(e *events, in <-chan job, out chan<- job) {
	for {
		j, ok := e.take()
		if !ok {
			e.put(<-in)
			continue
		}
		select {
		case out <- j:
		case more := <-in:
			e.put(more)
		}
	}
}
