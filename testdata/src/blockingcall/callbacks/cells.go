package callbacks

import (
	"net/http"
	"runtime"
	"sync"

	"github.com/hashicorp/raft"
)

type shared struct{ state chan map[int]int }

func newShared() *shared {
	s := &shared{state: make(chan map[int]int, 1)}
	s.state <- map[int]int{}
	return s
}

type reader struct {
	s  *shared
	id int
}

// The channel is a lock that is held for two lines.
func (r *reader) Close() {
	m := <-r.s.state
	delete(m, r.id)
	r.s.state <- m
}

func (s *shared) open(id int) *reader {
	r := &reader{s, id}
	runtime.SetFinalizer(r, (*reader).Close)
	return r
}

type guarded struct{ fsm }

// One goroutine runs what might as well be called.
func (g *guarded) Apply(l *raft.Log) any {
	var wg sync.WaitGroup
	wg.Add(1)
	work := func() { g.seen++ }
	start(func() {
		defer wg.Done()
		work()
	})
	wg.Wait()
	return nil
}

func start(f func()) {
	go func() {
		defer func() { recover() }()
		f()
	}()
}

type asking struct{ fsm }

// What the goroutine does takes as long as if it was called.
func (a *asking) Apply(l *raft.Log) any {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		http.Get("http://example.com")
	}()
	wg.Wait() // want "wg.Wait waits without bound in raft.FSM.Apply"
	return nil
}
