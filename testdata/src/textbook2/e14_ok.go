package lib

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

func retryGood(ctx context.Context, j Job) (err error) {
	for i := range 5 {
		if err = work(ctx, j); err == nil || errors.Is(err, context.Canceled) {
			return err
		}
		d := time.Second<<i + rand.N(250*time.Millisecond)
		select {
		case <-time.After(d):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return err
}
