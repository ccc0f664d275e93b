// Package reply holds actors whose answer may find nobody.
package reply

import (
	"context"
	"time"
)

type request struct {
	key   string
	reply chan int
}

func ask(ctx context.Context, inbox chan<- request, key string) int {
	r := request{key: key, reply: make(chan int)} // want "if the requester leaves first, actor waits for ever to send on r.reply .on line 27.; make room for 1"
	inbox <- r
	select {
	case v := <-r.reply:
		return v
	case <-ctx.Done():
		return 0
	}
}

func actor(inbox <-chan request) {
	for r := range inbox {
		r.reply <- len(r.key)
	}
}

// An actor with methods, several requests, and a handler of its own.

type get struct {
	key string
	out chan string
}

type stop struct{}

type store struct {
	gets  chan get
	stops chan stop
	m     map[string]string
}

func (s *store) Get(key string) (string, bool) {
	out := make(chan string) // want "if the requester leaves first, store.answer waits for ever to send on g.out"
	s.gets <- get{key, out}
	select {
	case v := <-out:
		return v, true
	case <-time.After(time.Second):
		return "", false
	}
}

func (s *store) run() {
	for {
		select {
		case g := <-s.gets:
			s.answer(g)
		case <-s.stops:
			return
		}
	}
}

func (s *store) answer(g get) { g.out <- s.m[g.key] }

// A request with methods of its own, and a type parameter.

type call[T any] struct {
	arg  string
	done chan T
}

func newCall[T any](arg string) *call[T] {
	return &call[T]{arg, make(chan T)} // want "if the requester leaves first, call.answer waits for ever to send on c.done"
}

func (c *call[T]) wait(ctx context.Context) (v T, err error) {
	select {
	case v = <-c.done:
		return v, nil
	case <-ctx.Done():
		return v, ctx.Err()
	}
}

func (c *call[T]) answer(v T) { c.done <- v }

func doCall(ctx context.Context, calls chan<- *call[int]) (int, error) {
	c := newCall[int]("x")
	calls <- c
	return c.wait(ctx)
}

func serveCalls(calls <-chan *call[int]) {
	for c := range calls {
		c.answer(len(c.arg))
	}
}

// The request is nothing but the reply channel.

type counter struct {
	gets chan chan int
	quit chan struct{}
}

func (c *counter) get(d time.Duration) (int, bool) {
	reply := make(chan int) // want "if the requester leaves first, counter.run waits for ever to send on r"
	select {
	case c.gets <- reply:
	case <-c.quit:
		return 0, false
	}
	select {
	case n := <-reply:
		return n, true
	case <-time.After(d):
		return 0, false
	}
}

func (c *counter) run() {
	n := 0
	for {
		select {
		case r := <-c.gets:
			n++
			r <- n
		case <-c.quit:
			return
		}
	}
}

func (c *counter) stop() { close(c.quit) }

// The same, patient.

type closer struct{ closing chan chan error }

func (c *closer) close() error {
	errc := make(chan error)
	c.closing <- errc
	return <-errc
}

func (c *closer) run() {
	for {
		select {
		case errc := <-c.closing:
			errc <- nil
			return
		}
	}
}

// What is fine: room for the answer.

type roomy struct{ reply chan int }

func askRoomy(ctx context.Context, inbox chan<- roomy) int {
	r := roomy{reply: make(chan int, 1)}
	inbox <- r
	select {
	case v := <-r.reply:
		return v
	case <-ctx.Done():
		return 0
	}
}

func roomyActor(inbox <-chan roomy) {
	for r := range inbox {
		r.reply <- 1
	}
}

// A requester that stays.

type patient struct{ reply chan int }

func askPatient(inbox chan<- patient) int {
	r := patient{reply: make(chan int)}
	inbox <- r
	return <-r.reply
}

func patientActor(inbox <-chan patient) {
	for r := range inbox {
		r.reply <- 1
	}
}

// A requester that leaves before it asks, but not after.

type early struct{ reply chan int }

func askEarly(ctx context.Context, inbox chan<- early) int {
	r := early{reply: make(chan int)}
	select {
	case inbox <- r:
	case <-ctx.Done():
		return 0
	}
	return <-r.reply
}

func earlyActor(inbox <-chan early) {
	for r := range inbox {
		r.reply <- 1
	}
}

// An actor that does not insist.

type polite struct {
	ctx   context.Context
	reply chan int
}

func askPolite(ctx context.Context, inbox chan<- polite) int {
	r := polite{ctx, make(chan int)}
	inbox <- r
	select {
	case v := <-r.reply:
		return v
	case <-ctx.Done():
		return 0
	}
}

func politeActor(inbox <-chan polite) {
	for r := range inbox {
		select {
		case r.reply <- 1:
		case <-r.ctx.Done():
		}
	}
}
