package lib

import (
	"context"
	"time"
)

func retryBad(ctx context.Context, j Job) (err error) {
	for i := range 5 {
		if err = work(ctx, j); err == nil {
			return nil
		}
		time.Sleep(time.Second << i) // up to 31 s during which cancellation is not heard
	}
	return err
}
