// Package sleep holds sleeps that cancellation cannot cut short.
package sleep

import (
	"context"
	"iter"
	"net/http"
	"sync"
	"time"
)

func retry(ctx context.Context, try func(context.Context) error) (err error) {
	for i := range 10 {
		if err = try(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second << i) // want `time\.Sleep cannot be cut short by ctx`
	}
	return err
}

func after(ctx context.Context, try func(context.Context) error) {
	for try(ctx) != nil {
		<-time.After(5 * time.Second) // want `the wait for time\.After\(5 \* time\.Second\) cannot be cut short by ctx`
	}
}

func timer(ctx context.Context, d time.Duration, try func(context.Context) error) error {
	t := time.NewTimer(d)
	defer t.Stop()
	<-t.C // want `the wait for t\.C cannot be cut short by ctx`
	return try(ctx)
}

func loneSelect(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d): // want `the wait for time\.After\(d\) cannot be cut short by ctx`
	}
}

func ticker(ctx context.Context, poll func(context.Context)) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		<-t.C // want `the wait for t\.C cannot be cut short by ctx`
		poll(ctx)
	}
}

func rangeTicker(ctx context.Context, poll func()) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for range t.C { // want `the range over t\.C cannot be cut short by ctx`
		poll()
	}
}

func handler(w http.ResponseWriter, r *http.Request) {
	time.Sleep(3 * time.Second) // want `time\.Sleep cannot be cut short by r\.Context\(\)`
	w.WriteHeader(http.StatusOK)
}

func routes(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by r\.Context\(\)`
	})
}

func closure(ctx context.Context, try func(context.Context) bool) {
	backoff := func(n int) { time.Sleep(time.Duration(n) * time.Second) } // want `time\.Sleep cannot be cut short by ctx`
	for i := 0; !try(ctx); i++ {
		backoff(i)
	}
}

func pause() { time.Sleep(10 * time.Second) }

func viaFunction(ctx context.Context, try func(context.Context) bool) {
	for !try(ctx) {
		pause() // want `pause always sleeps, which cannot be cut short by ctx`
	}
}

func goroutine(ctx context.Context, wg *sync.WaitGroup, poll func(context.Context)) {
	wg.Go(func() {
		for ctx.Err() == nil {
			poll(ctx)
			time.Sleep(time.Minute) // want `time\.Sleep cannot be cut short by ctx`
		}
	})
}

type base struct {
	quit chan struct{}
}

func (b *base) Close() { close(b.quit) }

type poller struct {
	base
	ctx context.Context
}

func (p *poller) run(poll func()) {
	for {
		poll()
		time.Sleep(time.Minute) // want `time\.Sleep cannot be cut short by p\.ctx`
	}
}

type watcher struct {
	*base
	name string
}

func (w *watcher) run(poll func()) {
	go func() {
		for {
			select {
			case <-w.quit:
				return
			default:
			}
			poll()
			time.Sleep(time.Minute) // want `time\.Sleep cannot be cut short by w\.quit`
		}
	}()
}

func worker(stop <-chan struct{}, poll func()) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		poll()
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by stop`
	}
}

func zero(ctx context.Context, name string) (int, string, *poller, error) {
	if name == "" {
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	}
	return 1, name, nil, nil
}

func structResult(ctx context.Context) (poller, error) {
	time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	return poller{}, nil
}

func shadowed(ctx context.Context) {
	for ctx := range 3 {
		time.Sleep(time.Duration(ctx) * time.Second) // want `time\.Sleep cannot be cut short by ctx`
	}
}

func inner(ctx context.Context) {
	{
		ctx, cancel := context.WithTimeout(ctx, time.Hour)
		defer cancel()
		use(ctx)
	switching:
		switch {
		case ctx.Err() == nil:
			time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
			break switching
		}
	}
}

var use = func(context.Context) {}

func overFunc(ctx context.Context, seq iter.Seq[int]) error {
	for v := range seq {
		println(v)
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	}
	return ctx.Err()
}

func labelled(ctx context.Context) {
again:
	time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	if ctx.Err() == nil {
		goto again
	}
}

func initStatement(ctx context.Context) {
	for ; ctx.Err() == nil; time.Sleep(time.Second) { // want `time\.Sleep cannot be cut short by ctx`
		use(ctx)
	}
}

func generic[T any](ctx context.Context, f func(T) bool, v T) {
	for !f(v) {
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	}
}

func method(ctx context.Context) {
	sleep := time.Sleep
	_ = sleep
	time.Sleep(time.Hour) // want `time\.Sleep cannot be cut short by ctx`
}

func (p *poller) counts(poll func(int)) {
	for i := 0; ; i++ {
		poll(i)
		time.Sleep(time.Minute) // want `time\.Sleep cannot be cut short by p\.ctx`
	}
}
