package loops

import (
	"context"
	"sync"
	"time"
)

type client struct {
	cancel chan struct{}
	wg     sync.WaitGroup
}

// The client was told to leave on the line before.
func dismisses(quit <-chan struct{}, in <-chan *client, more <-chan event) {
	for {
		select {
		case <-quit:
			return
		case c := <-in:
			close(c.cancel)
			c.wg.Wait()
		case <-more:
		}
	}
}

type batch struct {
	jobs chan event
	wg   sync.WaitGroup
}

// What is closed here still has to be worked off.
func worksOff(quit <-chan struct{}, in <-chan *batch, more <-chan event) {
	for {
		select {
		case <-quit:
			return
		case b := <-in:
			close(b.jobs)
			b.wg.Wait() // want "b.wg.Wait waits without bound"
		case <-more:
		}
	}
}

func cancels(quit <-chan struct{}, in, more <-chan event, serve func(context.Context, event)) {
	stop := func() {}
	var wg sync.WaitGroup
	for {
		select {
		case <-quit:
			return
		case e := <-in:
			ctx, cancel := context.WithCancel(context.Background())
			wg.Go(func() { serve(ctx, e) })
			cancel()
			wg.Wait()
		case <-more:
			stop()
		}
	}
}

// The goroutine that is waited for has just sent what the case received.
func answered(quit <-chan struct{}, more <-chan event, work func() int) {
	done := make(chan int, 1)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		done <- work()
	}()
	for {
		select {
		case <-quit:
			return
		case v := <-done:
			println(v)
			wg.Wait()
		case <-more:
		}
	}
}

// Here it is another goroutine.
func unanswered(quit <-chan struct{}, more <-chan event, work func() int) {
	done := make(chan int, 1)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		work()
	}()
	go func() { done <- work() }()
	for {
		select {
		case <-quit:
			return
		case v := <-done:
			println(v)
			wg.Wait() // want "wg.Wait waits without bound"
		case <-more:
		}
	}
}

// The clock's work is joined, and nobody but the end and a signal waits.
func periodic(ctx context.Context, changed <-chan struct{}, sets []func(context.Context)) {
	t := time.NewTimer(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			var wg sync.WaitGroup
			for _, set := range sets {
				wg.Go(func() { set(ctx) })
			}
			wg.Wait()
		case <-changed:
		}
		t.Reset(time.Minute)
	}
}

// Work waits meanwhile.
func periodicAndMore(ctx context.Context, more <-chan event, sets []func(context.Context)) {
	t := time.NewTimer(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			var wg sync.WaitGroup
			for _, set := range sets {
				wg.Go(func() { set(ctx) })
			}
			wg.Wait() // want "wg.Wait waits without bound"
		case <-more:
		}
		t.Reset(time.Minute)
	}
}
