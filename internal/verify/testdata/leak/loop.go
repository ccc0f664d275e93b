package main

import (
	"context"
	"time"
)

type hub struct {
	in   chan int
	asks chan ask
	ctx  context.Context
	seen int
}

type ask struct {
	key   int
	reply chan int
}

func newHub(ctx context.Context) *hub {
	h := &hub{in: make(chan int), asks: make(chan ask), ctx: ctx}
	go h.loop()
	return h
}

func (h *hub) loop() {
	for {
		select {
		case v := <-h.in:
			h.seen += v
		case a := <-h.asks:
			time.Sleep(6 * time.Millisecond)
			a.reply <- a.key // stuck abandoned-sender
		case <-h.ctx.Done():
			return
		}
	}
}

var _ = run(func() {
	h := newHub(dead())
	nap()
	h.put(1)
})

func (h *hub) put(v int) {
	h.in <- v // stuck send-to-stopped-loop
}

var _ = run(func() { newHub(dead()).putOK(1) })

func (h *hub) putOK(v int) {
	select {
	case h.in <- v:
	case <-h.ctx.Done():
	}
}

var _ = run(func() {
	ctx, cancel := soon()
	defer cancel()
	newHub(later()).get(ctx, 1)
})

func (h *hub) get(ctx context.Context, key int) int {
	a := ask{key: key, reply: make(chan int)}
	select {
	case h.asks <- a:
	case <-ctx.Done():
		return 0
	}
	select {
	case v := <-a.reply:
		return v
	case <-ctx.Done():
		return 0
	}
}

var _ = run(func() {
	ctx, cancel := soon()
	defer cancel()
	newHub(ctx).getOK(ctx, 1)
})

func (h *hub) getOK(ctx context.Context, key int) int {
	a := ask{key: key, reply: make(chan int, 1)}
	select {
	case h.asks <- a:
	case <-ctx.Done():
		return 0
	}
	select {
	case v := <-a.reply:
		return v
	case <-ctx.Done():
		return 0
	}
}

type actor struct{ in chan ask }

func newActor() *actor {
	a := &actor{in: make(chan ask)}
	go a.serve()
	return a
}

func (a *actor) serve() {
	for {
		q := <-a.in
		q.reply <- q.key
	}
}

// keep holds on to actors, as programs do.
var keep = make(chan *actor, 1000)

var _ = run(func() {
	a := newActor()
	keep <- a
	a.call(1)
})

func (a *actor) call(key int) int {
	q := ask{key: key, reply: make(chan int)}
	a.in <- q
	return <-q.reply
}
