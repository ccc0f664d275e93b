package lib

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func startGood(ctx context.Context, j Job) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx, j) })
	return g.Wait()
}
