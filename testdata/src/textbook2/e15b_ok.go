package lib

import (
	"context"

	"golang.org/x/time/rate"
)

func limitGood(ctx context.Context, l *rate.Limiter, j Job) error {
	if err := l.Wait(ctx); err != nil {
		return err
	}
	return work(ctx, j)
}
