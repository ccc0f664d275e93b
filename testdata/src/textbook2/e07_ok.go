package lib

import "context"

func onceGood(ctx context.Context, j Job) (Result, error) {
	ch := make(chan Result, 1) // oneshot: capacity = number of sends
	go func() { ch <- compute(j) }()
	select {
	case r := <-ch:
		return r, nil
	case <-ctx.Done():
		return Result{}, ctx.Err()
	}
}
