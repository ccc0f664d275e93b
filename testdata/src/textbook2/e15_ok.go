package lib

import (
	"context"

	"golang.org/x/sync/semaphore"
)

func semGood(ctx context.Context, jobs []Job) error {
	sem := semaphore.NewWeighted(8)
	for _, j := range jobs {
		if err := sem.Acquire(ctx, 1); err != nil { // acquire BEFORE go, error checked
			break
		}
		go func() {
			defer sem.Release(1)
			_ = work(ctx, j)
		}()
	}
	return sem.Acquire(context.WithoutCancel(ctx), 8) // join
}
