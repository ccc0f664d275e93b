package lib

import (
	"context"
	"time"
)

func flushGood(ctx context.Context) {
	t := time.NewTicker(time.Second) // slow body => ticks are dropped (MissedTickBehavior::Skip)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			audit(ctx)
		case <-ctx.Done():
			return
		}
	}
}
