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
	return <-in // want `the receive from in cannot be ended by ctx`
}

func bareRange(ctx context.Context, in <-chan int) {
	println(ctx.Err())
	for v := range in { // want `the range over in cannot be ended by ctx`
		println(v)
	}
}

func group(ctx context.Context, jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(job)
	}
	println(ctx.Err())
	wg.Wait() // want `wg\.Wait\(\) cannot be ended by ctx`
}

func loneCase(ctx context.Context, in <-chan int) int {
	println(ctx.Err())
	select {
	case v := <-in: // want `the receive from in cannot be ended by ctx`
		return v
	}
}

func timed(ctx context.Context, a <-chan int) int {
	select { // want `only time can end this select early, not ctx`
	case v := <-a:
		return v
	case <-time.After(time.Minute):
		return 0
	}
}

func either(a, b <-chan int) int {
	select { // want `this select on a and b cannot be cancelled`
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
			case out <- v: // want `the value received from in is lost if ctx\.Done\(\) comes first`
			case <-ctx.Done():
				return
			}
		}
	}
}
