package lib

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func unorderedGood(ctx context.Context, jobs []Job) ([]Result, error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(16)
	out := make([]Result, len(jobs))
	for i, j := range jobs {
		g.Go(func() (err error) { out[i], err = fetch(ctx, j); return err })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}
