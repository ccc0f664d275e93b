// Package errgroupctx makes groups whose contexts their tasks do not hear.
package errgroupctx

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func work(ctx context.Context, n int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		return nil
	}
}

func blank(ctx context.Context) error {
	g, _ := errgroup.WithContext(ctx) // want "the context of errgroup.WithContext is thrown away"
	g.Go(func() error { return work(ctx, 1) })
	return g.Wait()
}

func silenced(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx) // want "the context of errgroup.WithContext is thrown away"
	_ = gctx
	g.Go(func() error { return work(ctx, 1) })
	return g.Wait()
}

func parent(ctx context.Context, ns []int) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, n := range ns {
		g.Go(func() error {
			return work(ctx, n) // want "this task works with ctx, which does not end when another task of the group fails; use gctx"
		})
	}
	g.Go(func() error { return work(gctx, 0) })
	return g.Wait()
}

type runner struct{ ctx context.Context }

func (r *runner) field() error {
	g, gctx := errgroup.WithContext(r.ctx)
	g.Go(func() error { return work(r.ctx, 1) }) // want "this task works with r.ctx"
	g.Go(func() error { return work(gctx, 1) })
	return g.Wait()
}

func after(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx, 1) })
	if err := g.Wait(); err != nil {
		return err
	}
	return work(ctx, 2) // want "the group's context has ended when Wait returns"
}

func afterNamed(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	err := g.Wait()
	if err == nil {
		err = work(gctx, 2) // want "the group's context has ended when Wait returns"
	}
	return err
}

// A wait for the parent's end outlasts the failure of another task.
func waits(ctx context.Context, stop func()) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	g.Go(func() error {
		<-ctx.Done() // want "this task waits for ctx, which does not end when another task of the group fails; use gctx"
		stop()
		return nil
	})
	return g.Wait()
}

func (r *runner) feed(out chan<- int, ns []int) error {
	g, own := errgroup.WithContext(r.ctx)
	g.Go(func() error {
		for _, n := range ns {
			select { // want "this task waits for r.ctx, which does not end when another task of the group fails; use own"
			case out <- n:
			case <-r.ctx.Done():
				return r.ctx.Err()
			}
		}
		return nil
	})
	g.Go(func() error { return work(own, 1) })
	return g.Wait()
}

func derivedParent(ctx context.Context) error {
	parent, cancel := context.WithCancel(ctx)
	defer cancel()
	g, gctx := errgroup.WithContext(parent)
	g.Go(func() error { return work(gctx, 1) })
	g.Go(func() error { return work(parent, 2) }) // want "this task works with parent, which does not end"
	return g.Wait()
}

// A task that a function makes.
func made(ctx context.Context, ns []int) error {
	g, gctx := errgroup.WithContext(ctx)
	task := func(n int) func() error {
		return func() error {
			return work(ctx, n) // want "this task works with ctx"
		}
	}
	for _, n := range ns {
		g.Go(task(n))
	}
	g.Go(func() error { return work(gctx, 0) })
	g.Go(newTask(ctx, 7))
	return g.Wait()
}

func newTask(ctx context.Context, n int) func() error {
	return func() error {
		return work(ctx, n) // want "this task works with ctx"
	}
}

// What is given the error sends it somewhere, which takes the context.
func sentOn(ctx context.Context, out chan<- error) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	if err := g.Wait(); err != nil {
		return deliver(gctx, out, err) // want "the group's context has ended when Wait returns"
	}
	return nil
}

func deliver(ctx context.Context, out chan<- error, err error) error {
	select {
	case out <- err:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
