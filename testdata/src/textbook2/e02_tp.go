package lib

import (
	"context"
	"sync"
)

func fanoutBad(ctx context.Context, jobs []Job) {
	var wg sync.WaitGroup
	for _, j := range jobs { // len(jobs) comes from the caller: no bound
		wg.Go(func() { _ = work(ctx, j) })
	}
	wg.Wait()
}
