package main

import (
	"context"
	"time"
)

type order struct {
	id    int
	reply chan error
}

type crew struct{ orders chan order }

func newCrew(n int, do func(int) error) *crew {
	p := &crew{orders: make(chan order, 16)}
	for range n {
		go p.work(do)
	}
	return p
}

func (p *crew) work(do func(int) error) {
	for o := range p.orders {
		o.reply <- do(o.id) // stuck abandoned-sender
	}
}

func (p *crew) end() { close(p.orders) }

func failsAt(n int) error {
	if n == 0 {
		return errBad
	}
	return nil
}

var _ = run(func() {
	p := newCrew(2, failsAt)
	keepCrew <- p
	p.all(3)
})

// keepCrew holds on to crews, as programs do.
var keepCrew = make(chan *crew, 10000)

func (p *crew) all(n int) error {
	reply := make(chan error)
	for i := range n {
		p.orders <- order{i, reply}
	}
	for range n {
		if err := <-reply; err != nil {
			return err
		}
	}
	return nil
}

type roomyOrder struct {
	id    int
	reply chan error
}

type roomyCrew struct{ orders chan roomyOrder }

func newRoomyCrew(n int, do func(int) error) *roomyCrew {
	p := &roomyCrew{orders: make(chan roomyOrder)}
	for range n {
		go func() {
			for o := range p.orders {
				o.reply <- do(o.id)
			}
		}()
	}
	return p
}

func (p *roomyCrew) end() { close(p.orders) }

var _ = run(func() {
	p := newRoomyCrew(2, failsAt)
	defer p.end()
	p.allOK(3)
})

func (p *roomyCrew) allOK(n int) error {
	reply := make(chan error, n)
	go func() {
		for i := range n {
			p.orders <- roomyOrder{i, reply}
		}
	}()
	var first error
	for range n {
		if err := <-reply; err != nil && first == nil {
			first = err
		}
	}
	return first
}

type slowOrder struct{ reply chan int }

type desk struct{ orders chan slowOrder }

func newDesk() *desk {
	d := &desk{orders: make(chan slowOrder)}
	go func() {
		for o := range d.orders {
			time.Sleep(6 * time.Millisecond)
			o.reply <- 1 // stuck abandoned-sender
		}
	}()
	return d
}

var _ = run(func() {
	ctx, cancel := soon()
	defer cancel()
	d := newDesk()
	keepDesk <- d
	d.ask(ctx)
})

var keepDesk = make(chan *desk, 10000)

func (d *desk) ask(ctx context.Context) int {
	o := slowOrder{make(chan int)}
	d.orders <- o
	select {
	case v := <-o.reply:
		return v
	case <-ctx.Done():
		return 0
	}
}

type entry[T any] struct {
	item T
	done chan int
}

type batcher[T any] struct{ in chan entry[T] }

func newBatcher[T any](flush func([]T) int) *batcher[T] {
	b := &batcher[T]{in: make(chan entry[T])}
	go b.loop(flush)
	return b
}

func (b *batcher[T]) loop(flush func([]T) int) {
	for {
		var items []T
		var waiting []chan int
		first := <-b.in
		items, waiting = append(items, first.item), append(waiting, first.done)
		timeout := time.After(4 * time.Millisecond)
	collect:
		for {
			select {
			case e := <-b.in:
				items, waiting = append(items, e.item), append(waiting, e.done)
			case <-timeout:
				break collect
			}
		}
		n := flush(items)
		for _, done := range waiting {
			done <- n // stuck abandoned-sender
		}
	}
}

var keepBatcher = make(chan *batcher[string], 10000)

var _ = run(func() {
	ctx, cancel := soon()
	defer cancel()
	b := newBatcher(func(in []string) int { return len(in) })
	keepBatcher <- b
	b.add(ctx, "x")
})

func (b *batcher[T]) add(ctx context.Context, item T) int {
	done := make(chan int)
	select {
	case b.in <- entry[T]{item, done}:
	case <-ctx.Done():
		return 0
	}
	select {
	case n := <-done:
		return n
	case <-ctx.Done():
		return 0
	}
}

// query asks by way of submit, which knows when the resolver has ended; the answer
// is waited for without that.
type query struct {
	name string
	resp chan int
}

type resolver struct {
	queries chan *query
	quit    chan struct{}
	ended   chan struct{}
}

func newResolver() *resolver {
	r := &resolver{queries: make(chan *query, 2), quit: make(chan struct{}), ended: make(chan struct{})}
	go r.serve()
	return r
}

func (r *resolver) serve() {
	defer close(r.ended)
	nap()
	for {
		select {
		case <-r.quit:
			return
		case q := <-r.queries:
			q.resp <- len(q.name)
		}
	}
}

func (r *resolver) submit(q *query) bool {
	select {
	case r.queries <- q:
		return true
	case <-r.ended:
		return false
	}
}

func (r *resolver) resolve(name string) int {
	q := &query{name, make(chan int, 1)}
	if !r.submit(q) {
		return 0
	}
	return <-q.resp // stuck abandoned-receiver
}

func (r *resolver) resolveOK(name string) int {
	q := &query{name, make(chan int, 1)}
	if !r.submit(q) {
		return 0
	}
	select {
	case n := <-q.resp:
		return n
	case <-r.ended:
		return 0
	}
}

var _ = run(func() {
	r := newResolver()
	go r.resolve("a")
	go r.resolveOK("b")
	nap()
	close(r.quit)
})
