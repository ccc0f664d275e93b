package lib

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func fanoutGood(ctx context.Context, jobs []Job) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, j := range jobs {
		g.Go(func() error { return work(ctx, j) })
	}
	return g.Wait()
}
