package stuck

import (
	"context"
	"log"
	"sync"
	"time"
)

func roomForOne(ctx context.Context, f func() int) (int, error) {
	ch := make(chan int, 1)
	go func() { ch <- f() }()
	select {
	case v := <-ch:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func roomForAll(fs []func() error) error {
	errc := make(chan error, len(fs))
	for _, f := range fs {
		go func() { errc <- f() }()
	}
	for range fs {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func drained(fs []func() error) (first error) {
	errc := make(chan error)
	for _, f := range fs {
		go func() { errc <- f() }()
	}
	for range fs {
		if err := <-errc; err != nil && first == nil {
			first = err
		}
	}
	return first
}

func selecting(ctx context.Context, f func() int) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ch := make(chan int)
	go func() {
		select {
		case ch <- f():
		case <-ctx.Done():
		}
	}()
	select {
	case v := <-ch:
		return v, nil
	case <-time.After(time.Second):
		return 0, context.DeadlineExceeded
	}
}

func closes(jobs []int, f func(int)) {
	ch := make(chan int)
	defer close(ch)
	go func() {
		for v := range ch {
			f(v)
		}
	}()
	for _, v := range jobs {
		ch <- v
	}
}

func fatal(f func() (int, error)) int {
	ch := make(chan int)
	go func() {
		v, err := f()
		if err != nil {
			log.Fatal(err)
		}
		ch <- v
	}()
	return <-ch
}

func handedOut(f func(), register func(chan int)) {
	ch := make(chan int)
	register(ch)
	go func() { ch <- 1 }()
	f()
}

func joined(fs []func() int) (sum int) {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() { out <- f() })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for v := range out {
		sum += v
	}
	return sum
}
