package lib

import (
	"context"
	"time"
)

func waitGood(ctx context.Context, in <-chan Event) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second) // one deadline for the whole wait
	defer cancel()
	for {
		select {
		case e := <-in:
			handle(e)
		case <-tick.C:
			audit(ctx)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
