package lib

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func abortGood(ctx context.Context, jobs []Job) error {
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, j := range jobs {
		g.Go(func() error { return work(gctx, j) })
	}
	return g.Wait()
}
