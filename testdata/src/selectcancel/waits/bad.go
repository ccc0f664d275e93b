// Package waits holds bare sends that may wait for ever.
package waits

import (
	"context"
	"net/http"
	"sync"
	"time"
)

func pump(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			out <- v * v // want `the send on out cannot be ended by ctx`
		}
	}
}

type reporter struct {
	events chan string
	stop   chan struct{}
}

func newReporter() *reporter {
	return &reporter{events: make(chan string), stop: make(chan struct{})}
}

// Serve leaves when ctx ends, and nobody receives events any more.
func (r *reporter) Serve(ctx context.Context) {
	for {
		select {
		case e := <-r.events:
			println(e)
		case <-ctx.Done():
			return
		}
	}
}

func (r *reporter) Commit(ctx context.Context, e string) {
	r.events <- e // want `the send on r\.events cannot be ended by ctx, and its receiver may leave`
}

func (r *reporter) handle(w http.ResponseWriter, req *http.Request) {
	if req.Method == "POST" {
		r.events <- req.URL.Path // want `the send on r\.events cannot be ended by req\.Context\(\), and its receiver may leave`
	}
}

func (r *reporter) fromGoroutine(ctx context.Context, all []string) {
	go func() {
		for _, e := range all {
			if ctx.Err() != nil {
				return
			}
			r.events <- e // want `the send on r\.events cannot be ended by ctx, and its receiver may leave`
		}
	}()
}

// The loop itself leaves on a value that is sent.
type queue struct {
	jobs chan func()
	quit chan bool
}

func newQueue() *queue {
	q := &queue{jobs: make(chan func()), quit: make(chan bool)}
	go q.loop()
	return q
}

func (q *queue) halt() { q.quit <- true }

func (q *queue) loop() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case job := <-q.jobs:
			job()
		case <-t.C:
		case <-q.quit:
			return
		}
	}
}

func (q *queue) do(ctx context.Context, job func()) {
	if ctx.Err() == nil {
		q.jobs <- job // want `the send on q\.jobs cannot be ended by ctx, and its receiver may leave`
	}
}

func fetch(url string, res chan<- *http.Response) {
	r, err := http.Get(url)
	if err != nil {
		r = nil
	}
	res <- r
}

func (q *queue) first(ctx context.Context, url string) *http.Response {
	res := make(chan *http.Response)
	if ctx.Err() != nil {
		return nil
	}
	go fetch(url, res)
	return <-res // want `the receive from res cannot be ended by ctx, and the other side can hang at http\.Get`
}

func warm() { http.Get("http://localhost/warm") }

func (q *queue) warmUp(ctx context.Context) {
	var wg sync.WaitGroup
	if ctx.Err() == nil {
		wg.Go(warm)
	}
	wg.Wait() // want `wg\.Wait\(\) cannot be ended by ctx, and the other side can hang at http\.Get`
}

func polls(ctx context.Context, src []int, out chan<- int) error {
	for p := range src {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		out <- p // want `the send on out cannot be ended by ctx; select with <-ctx\.Done\(\)`
	}
	return nil
}

func pollsInInit(ctx context.Context, src <-chan int, out chan<- int) error {
	for p := range src {
		if err := ctx.Err(); err != nil {
			return err
		}
		out <- p // want `the send on out cannot be ended by ctx; select with <-ctx\.Done\(\)`
	}
	return nil
}

func pollsInCondition(ctx context.Context, next func() int, out chan<- int) {
	for ctx.Err() == nil {
		out <- next() // want `the send on out cannot be ended by ctx; select with <-ctx\.Done\(\)`
	}
}

func pollsBySelect(ctx context.Context, src []int, out chan<- int) {
	for _, p := range src {
		select {
		case <-ctx.Done():
			return
		default:
		}
		out <- p // want `the send on out cannot be ended by ctx; select with <-ctx\.Done\(\)`
	}
}

type emitter struct{ out chan int }

func newEmitter() *emitter { return &emitter{make(chan int)} }

func (e *emitter) next(ctx context.Context) (v int) {
	select {
	case v = <-e.out:
	case <-ctx.Done():
	}
	return v
}

func (e *emitter) emit(ctx context.Context, src []int) {
	go func() {
		for _, p := range src {
			if ctx.Err() != nil {
				break
			}
			e.out <- p // want `the send on e\.out cannot be ended by ctx`
		}
	}()
}

// One send hears the end and another on the same channel does not.
func reports(ctx context.Context, keys <-chan string, drop func(string) error) <-chan error {
	out := make(chan error, 128)
	go func() {
		defer close(out)
		for k := range keys {
			if err := drop(k); err != nil {
				out <- err // want `the send on out cannot be ended by ctx, which ends another send on it \(on line \d+\)`
				continue
			}
			select {
			case out <- nil:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (e *emitter) pairs(ctx context.Context, v int) {
	select {
	case e.out <- v:
	case <-ctx.Done():
		return
	}
	e.out <- -v // want `the send on e\.out cannot be ended by ctx, which ends another send on it \(on line \d+\)`
}

// The goroutine that is waited for hangs, although the context is in its scope.
func fetches(ctx context.Context, url string) error {
	got := make(chan error, 1)
	go func() { got <- load(url) }()
	if err := <-got; err != nil { // want `the receive from got cannot be ended by ctx, and the other side can hang at load`
		return err
	}
	return ctx.Err()
}

func load(url string) error {
	_, err := http.Get(url)
	return err
}

func fetchesAll(ctx context.Context, urls []string) error {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() { load(u) })
	}
	wg.Wait() // want `wg\.Wait\(\) cannot be ended by ctx, and the other side can hang at load`
	return ctx.Err()
}
