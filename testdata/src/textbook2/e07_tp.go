package lib

import "context"

func onceBad(ctx context.Context, j Job) (Result, error) {
	ch := make(chan Result) // cap 0
	go func() { ch <- compute(j) }()
	select {
	case r := <-ch:
		return r, nil
	case <-ctx.Done():
		return Result{}, ctx.Err() // the goroutine above is leaked
	}
}
