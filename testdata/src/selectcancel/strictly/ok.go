package strictly

import (
	"context"
	"sync"
	"time"
)

func receives(ctx context.Context, in <-chan int) int {
	select {
	case v := <-in:
		return v
	case <-ctx.Done():
		return 0
	}
}

func worker(ctx context.Context, in <-chan func(context.Context)) {
	for job := range in {
		job(ctx)
	}
}

func promised(ctx context.Context, jobs []func(context.Context)) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() { job(ctx) })
	}
	wg.Wait()
}

func timedAndHeard(ctx context.Context, a <-chan int) int {
	select {
	case v := <-a:
		return v
	case <-time.After(time.Minute):
		return 0
	case <-ctx.Done():
		return 0
	}
}

func stoppable(a, b <-chan int, stop <-chan struct{}) int {
	select {
	case v := <-a:
		return v
	case v := <-b:
		return v
	case <-stop:
		return 0
	}
}

func counted(ctx context.Context, in <-chan int, out chan<- int, lost func(int)) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			select {
			case out <- v:
			case <-ctx.Done():
				lost(v)
				return
			}
		}
	}
}
