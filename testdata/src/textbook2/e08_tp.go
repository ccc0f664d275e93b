package lib

import (
	"context"
	"time"
)

func waitBad(in <-chan Event) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case e := <-in:
			handle(e)
		case <-tick.C:
			audit(context.Background())
		case <-time.After(5 * time.Second): // re-armed at each iteration: never fires
			return context.DeadlineExceeded
		}
	}
}
