package nothing

import (
	"context"
	"sync"
)

// A channel that is set late, by anybody, or that may be nil on purpose.
type late struct {
	closing  chan struct{}
	optional chan int
	lent     chan int
	testDone chan struct{}
	stop     chan struct{}
}

func newLate() *late { return &late{} }

func (l *late) start() { l.closing = make(chan struct{}) }

func (l *late) watch(closed func()) {
	<-l.closing
	closed()
}

func (l *late) hear() int {
	if l.optional != nil {
		return <-l.optional
	}
	return 0
}

func (l *late) lend(fill func(*chan int)) int {
	fill(&l.lent)
	return <-l.lent
}

func (l *late) settle() { <-l.testDone }

// Another case stops the loop.
func (l *late) loop(ctx context.Context, in <-chan int) {
	for {
		select {
		case v := <-in:
			println(v)
		case <-l.stop:
			return
		case <-ctx.Done():
			return
		}
	}
}

// Objects that nobody makes here, and those of other types' makes.
type unmade struct{ ch chan int }

func (u *unmade) wait() { <-u.ch }

type shape struct{ ch chan int }

type shaped shape

func convert(s shape) *shaped {
	v := shaped(s)
	return &v
}

func (s *shaped) wait() { <-s.ch }

var first = &late{closing: make(chan struct{})}

// A condition that is signalled: directly, by a value, or by whoever gets it.
type door struct {
	mu           sync.Mutex
	opened       *sync.Cond
	closed, shut *sync.Cond
	open         bool
}

func newDoor(keep func(*sync.Cond)) *door {
	d := &door{}
	d.opened, d.closed = sync.NewCond(&d.mu), sync.NewCond(&d.mu)
	shut := sync.NewCond(&d.mu)
	keep(shut)
	d.shut = shut
	return d
}

func (d *door) pass(ctx context.Context) {
	stop := context.AfterFunc(ctx, d.closed.Broadcast)
	defer stop()
	d.mu.Lock()
	for !d.open && ctx.Err() == nil {
		d.closed.Wait()
	}
	for !d.open {
		d.opened.Wait()
	}
	for d.open {
		d.shut.Wait()
	}
	d.mu.Unlock()
}

func (d *door) set() {
	d.mu.Lock()
	d.open = true
	d.opened.Signal()
	d.mu.Unlock()
}

func signalled(f func()) {
	var mu sync.Mutex
	done := false
	cond := sync.NewCond(&mu)
	wake := func() { cond.Broadcast() }
	go func() {
		f()
		mu.Lock()
		done = true
		mu.Unlock()
		wake()
	}()
	mu.Lock()
	for !done {
		cond.Wait()
	}
	mu.Unlock()
}
