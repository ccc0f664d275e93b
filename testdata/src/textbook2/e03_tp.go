package lib

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func abortBad(ctx context.Context, jobs []Job) error {
	g, _ := errgroup.WithContext(ctx) // derived ctx thrown away: first error aborts nobody
	for _, j := range jobs {
		g.Go(func() error { return work(ctx, j) })
	}
	return g.Wait()
}
