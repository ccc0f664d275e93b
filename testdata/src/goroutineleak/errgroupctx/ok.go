package errgroupctx

import (
	"context"
	"log/slog"

	"golang.org/x/sync/errgroup"
)

func shadowed(ctx context.Context, ns []int) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, n := range ns {
		g.Go(func() error { return work(ctx, n) })
	}
	return g.Wait()
}

func derivedAgain(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		ctx, cancel := context.WithCancel(gctx)
		defer cancel()
		return work(ctx, 1)
	})
	return g.Wait()
}

func both(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		err := work(gctx, 1)
		return work(ctx, cleanUp(err)) // the clean-up outlives the group on purpose
	})
	return g.Wait()
}

func cleanUp(error) int { return 0 }

func logs(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		slog.InfoContext(ctx, "task")
		return nil
	})
	g.Go(func() error { return work(gctx, 1) })
	return g.Wait()
}

func parentAfter(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	if err := g.Wait(); err != nil {
		return context.Cause(gctx)
	}
	return work(ctx, 2)
}

func anew(ctx context.Context) error {
	for range 2 {
		g, gctx := errgroup.WithContext(ctx)
		g.Go(func() error { return work(gctx, 1) })
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// The other task's end is heard by its channel.
func heardOtherwise(ctx context.Context, stop func()) error {
	g, gctx := errgroup.WithContext(ctx)
	over := make(chan struct{})
	g.Go(func() error {
		defer close(over)
		return work(gctx, 1)
	})
	g.Go(func() error {
		select {
		case <-ctx.Done():
		case <-over:
		}
		stop()
		return nil
	})
	return g.Wait()
}

func heardBoth(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	g.Go(func() error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-gctx.Done():
			return nil
		}
	})
	return g.Wait()
}

// Nobody fails, so the group's context ends with its parent.
func nobodyFails(ctx context.Context, stop func()) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		<-gctx.Done()
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		stop()
		return nil
	})
	return g.Wait()
}

func onlyLooks(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	g.Go(func() error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
			return work(gctx, 2)
		}
	})
	return g.Wait()
}

func madeRight(ctx context.Context, ns []int) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, n := range ns {
		g.Go(newOwnTask(gctx, ctx, n))
	}
	return g.Wait()
}

func newOwnTask(ctx, parent context.Context, n int) func() error {
	return func() error {
		if err := work(ctx, n); err != nil {
			return work(parent, cleanUp(err))
		}
		return nil
	}
}

// What is given the error only notes it.
func noted(ctx context.Context, note func(context.Context, error) error) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx, 1) })
	if err := g.Wait(); err != nil {
		return note(gctx, err) // ok
	}
	return nil
}
