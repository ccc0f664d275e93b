// Package strictly holds what only level strict reports.
package strictly

import (
	"context"
	"sync"
	"time"
)

func bareReceive(ctx context.Context, in <-chan int) int {
	if ctx.Err() != nil {
		return 0
	}
	return <-in // want "\\(wait-ignores-ctx\\)"
}

func bareRange(ctx context.Context, in <-chan int) {
	println(ctx.Err())
	for v := range in { // want "\\(wait-ignores-ctx\\)"
		println(v)
	}
}

func group(ctx context.Context, jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(job)
	}
	println(ctx.Err())
	wg.Wait() // want "\\(wait-ignores-ctx\\)"
}

func loneCase(ctx context.Context, in <-chan int) int {
	println(ctx.Err())
	select {
	case v := <-in: // want "\\(wait-ignores-ctx\\)"
		return v
	}
}

func timed(ctx context.Context, a <-chan int) int {
	select { // want "\\(timer-select\\)"
	case v := <-a:
		return v
	case <-time.After(time.Minute):
		return 0
	}
}

func either(a, b <-chan int) int {
	select { // want "\\(select-without-done\\)"
	case v := <-a:
		return v
	case v := <-b:
		return v
	}
}

func lost(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			select {
			case out <- v: // want "\\(value-lost-on-cancel\\)"
			case <-ctx.Done():
				return
			}
		}
	}
}
