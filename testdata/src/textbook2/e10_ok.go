package lib

import (
	"context"
	"sync"
)

func mergeGood(ctx context.Context, ins []<-chan Event) <-chan Event {
	out := make(chan Event)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			for e := range in {
				select {
				case out <- e:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { wg.Wait(); close(out) }() // the closer is joined by the close itself
	return out
}
