package lib

import (
	"context"
	"time"
)

func debounceGood(ctx context.Context, in <-chan Event) {
	var last Event
	t := time.NewTimer(time.Hour)
	t.Stop()
	defer t.Stop()
	for {
		select {
		case e, ok := <-in:
			if !ok {
				return
			}
			last = e
			t.Reset(200 * time.Millisecond) // go>=1.23: no stale tick can be left in t.C
		case <-t.C:
			handle(last)
		case <-ctx.Done():
			return
		}
	}
}
