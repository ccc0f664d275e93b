package groups

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// A Done that comes first says that the goroutine runs, not that it is done.
func began(names []string, serve func(string)) error {
	var up sync.WaitGroup
	for _, name := range names {
		if name == "" {
			return errors.New("no name") // ok: nobody would wait for serve anyway
		}
		up.Add(1)
		go func() {
			println(name)
			up.Done()
			serve(name)
		}()
	}
	up.Wait()
	return nil
}

func ended(names []string, serve func(string)) error {
	var up sync.WaitGroup
	for _, name := range names {
		if name == "" {
			return errors.New("no name") // want "this return leaves the goroutines of up behind"
		}
		up.Add(1)
		go func() {
			serve(name)
			up.Done()
		}()
	}
	up.Wait()
	return nil
}

// The tasks end with the context that ends the wait for a permit.
func permitted(ctx context.Context, sem *semaphore.Weighted, names []string, f func(context.Context, string) error) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, name := range names {
		if err := sem.Acquire(ctx, 1); err != nil {
			return err // ok: gctx has ended as well
		}
		g.Go(func() error {
			defer sem.Release(1)
			return f(gctx, name)
		})
	}
	return g.Wait()
}

func inspected(ctx context.Context, check func(context.Context, string) error, names []string, f func(context.Context, string) error) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, name := range names {
		if err := check(ctx, name); err != nil {
			return err // want "this return leaves the goroutines of g behind"
		}
		g.Go(func() error { return f(gctx, name) })
	}
	return g.Wait()
}

// The stop that ends the function ends its goroutines.
type pair struct{ quit chan struct{} }

func (p *pair) halt() { close(p.quit) }

func (p *pair) both(a, b chan int) error {
	var wg sync.WaitGroup
	for _, ch := range []chan int{a, b} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			select {
			case v := <-ch:
				println(v)
			case <-p.quit:
			}
		}()
	}
	joined := make(chan struct{})
	select {
	case <-joined:
	case <-p.quit:
		return errors.New("stopped") // ok
	}
	wg.Wait()
	return nil
}

// The context is theirs, and ends on the way out.
func listening(ctx context.Context, open func() error, serve func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var g errgroup.Group
	g.Go(func() error { return serve(ctx) })
	if err := open(); err != nil {
		return err // ok: serve ends
	}
	return g.Wait()
}

func answering(ctx context.Context, open func() error, ask func(context.Context) (string, error)) (answer string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var g errgroup.Group
	g.Go(func() (err error) {
		answer, err = ask(ctx)
		return err
	})
	if err := open(); err != nil {
		return "", err // want "this return leaves the goroutines of g behind"
	}
	return answer, g.Wait()
}

// As many answers as goroutines are as good as a Wait.
func tallied(names []string, f func(string) string) (all []string, err error) {
	var wg sync.WaitGroup
	answers := make(chan string)
	failed := make(chan error)
	asked := 0
	for _, name := range names {
		asked++
		wg.Add(1)
		go func() {
			defer wg.Done()
			answers <- f(name)
		}()
	}
	for {
		select {
		case err := <-failed:
			wg.Wait()
			return nil, err
		case a := <-answers:
			if all = append(all, a); len(all) == asked {
				return all, nil // ok
			}
		}
	}
}
