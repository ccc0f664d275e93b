package waits

import (
	"context"
	"sync"
)

// What is wrong here is that nobody receives before Wait: goroutineleak says so.
func stuckAnyway(ctx context.Context, urls []string) (all []error) {
	errs := make(chan error)
	if ctx.Err() != nil {
		return nil
	}
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() { errs <- load(u) })
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		all = append(all, err)
	}
	return all
}

// Here the context is all that is missing.
func roomy(ctx context.Context, urls []string) (all []error) {
	errs := make(chan error, len(urls))
	if ctx.Err() != nil {
		return nil
	}
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() { errs <- load(u) })
	}
	wg.Wait() // want `wg\.Wait\(\) cannot be ended by ctx, and the other side can hang at load`
	close(errs)
	for err := range errs {
		all = append(all, err)
	}
	return all
}
