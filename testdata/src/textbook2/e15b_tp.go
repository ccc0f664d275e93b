package lib

import (
	"context"

	"golang.org/x/time/rate"
)

func limitBad(l *rate.Limiter, j Job) error {
	_ = l.Wait(context.Background()) // not cancellable, and the error (n > burst) is dropped
	return work(context.TODO(), j)
}
