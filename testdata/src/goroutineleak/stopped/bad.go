// Package stopped sends to loops that may have stopped.
package stopped

import "context"

type hub struct {
	in   chan int
	quit chan struct{}
	subs map[int]bool
}

func newHub() *hub {
	h := &hub{in: make(chan int), quit: make(chan struct{}), subs: map[int]bool{}}
	go h.run()
	return h
}

func (h *hub) run() {
	for {
		select {
		case v := <-h.in:
			h.subs[v] = true
		case <-h.quit:
			return
		}
	}
}

func (h *hub) add(v int) {
	h.in <- v // want `this send waits for ever once hub.run leaves by h.quit.*; select on that stop here too`
}

func (h *hub) close() { close(h.quit) }

type actor struct{ mail chan string }

func (a *actor) serve(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case s := <-a.mail:
			println(s)
		}
	}
}

func (a *actor) tell(s string) { a.mail <- s } // want `once actor.serve leaves by ctx.Done`

func start(ctx context.Context) *actor {
	a := &actor{make(chan string)}
	go a.serve(ctx)
	return a
}

var _ = start

// byCondition leaves by its loop's condition.
type byCondition struct{ in chan int }

func (b *byCondition) serve(ctx context.Context) (err error) {
	for err == nil {
		select {
		case v := <-b.in:
			println(v)
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	return err
}

func (b *byCondition) commit(v int) { b.in <- v } // want `once byCondition.serve leaves by ctx.Done`

func startByCondition(ctx context.Context) *byCondition {
	b := &byCondition{make(chan int)}
	go b.serve(ctx)
	return b
}

var _ = startByCondition
