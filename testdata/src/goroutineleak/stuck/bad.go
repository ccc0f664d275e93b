// Package stuck leaves goroutines waiting for ever.
package stuck

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func timeout(f func() int) (int, error) {
	ch := make(chan int)
	go func() { ch <- f() }() // want "nobody receives this send on ch once timeout leaves by time.After"
	select {
	case v := <-ch:
		return v, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func cancelled(ctx context.Context, f func() int) (int, error) {
	ch := make(chan int)
	go send(ch, f)
	select {
	case v := <-ch:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func send(ch chan<- int, f func() int) {
	v := f()
	ch <- v // want "nobody receives this send on ch once cancelled leaves by ctx.Done"
}

func firstOfMany(fs []func() int) int {
	ch := make(chan int)
	for _, f := range fs {
		go func() { ch <- f() }() // want "nobody receives this send on ch"
	}
	return <-ch
}

func firstError(fs []func() error) error {
	errc := make(chan error)
	for _, f := range fs {
		go func() { errc <- f() }() // want "nobody receives this send on errc once firstError returns"
	}
	for range fs {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func earlyReturn(check func() error, f func() int) (int, error) {
	done := make(chan int)
	go func() { done <- f() }() // want "nobody receives this send on done once earlyReturn returns"
	if err := check(); err != nil {
		return 0, err
	}
	return <-done, nil
}

func neverClosed(jobs []int, f func(int)) {
	ch := make(chan int)
	go func() {
		for v := range ch { // want "this range over ch never ends: nobody closes it once neverClosed returns"
			f(v)
		}
	}()
	for _, v := range jobs {
		ch <- v
	}
}

func neverSent(f func() (int, error)) int {
	ch := make(chan int)
	go func() {
		v, err := f()
		if err != nil {
			return
		}
		ch <- v
	}()
	return <-ch // want "nothing comes from ch once the other goroutine returns"
}

func skippedDone(fs []func() error) {
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Add(1)
		go func() {
			if err := f(); err != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // want "wg.Wait never returns: its counter stays above zero"
}

func addedTwice(f func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		f()
	}()
	wg.Wait() // want "wg.Wait never returns: its counter stays above zero"
}

func circle(fs []func() int) (sum int) {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() { out <- f() })
	}
	wg.Wait() // want "wg.Wait waits for goroutines that are stuck sending"
	close(out)
	for v := range out {
		sum += v
	}
	return sum
}

func waitsForItself(f func() error) error {
	var g errgroup.Group
	g.Go(f)
	g.Go(func() error {
		return g.Wait() // want "g.Wait never returns: on some path a task of g never returns; let every task end"
	})
	return g.Wait()
}

func closesLate(in []int, work func(int)) {
	jobs := make(chan int)
	var wg sync.WaitGroup
	defer close(jobs)
	defer wg.Wait() // want "wg.Wait waits for goroutines that receive .*, and the close that ends them comes behind it; close first"
	wg.Go(func() {
		for job := range jobs {
			work(job)
		}
	})
	for _, i := range in {
		jobs <- i
	}
}

func sendsLate(work func(int)) {
	first := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { work(<-first) })
	wg.Wait() // want "wg.Wait waits for goroutines that receive .*, and the send comes behind it; send first"
	first <- 1
}
