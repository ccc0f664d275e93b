package sleep

import (
	"context"
	"sync/atomic"
	"time"

	"selectcancel/sleep/naps"
)

// Sleeps in functions of this package and others, two calls away.

func backsOff(ctx context.Context, try func(context.Context) error) {
	for i := 0; try(ctx) != nil; i++ {
		naps.BackOff(i) // want `naps\.BackOff always sleeps, which cannot be cut short by ctx`
	}
}

func backsOffHere(ctx context.Context, try func(context.Context) error) {
	for i := 0; try(ctx) != nil; i++ {
		napTwice(i) // want `napTwice always sleeps, which cannot be cut short by ctx`
	}
}

func napTwice(n int) { napOnce(n) }

func napOnce(n int) { time.Sleep(time.Duration(n) * time.Second) }

func retries(ctx context.Context, try func() bool) {
	for ctx.Err() == nil {
		naps.Retry(try)
	}
}

// A clock of one's own.

func byClock(ctx context.Context, c naps.Clock, d time.Duration) {
	for ctx.Err() == nil {
		<-c.After(d) // want `the wait for c\.After\(d\) cannot be cut short by ctx`
	}
}

// A stop channel that a function is given.

func triesUntil(stopCh <-chan struct{}, try func() bool) {
	for range 5 {
		select {
		case <-stopCh:
			return
		default:
		}
		if try() {
			return
		}
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by stopCh; wait for a timer and stopCh in a select`
	}
}

// One that the function closes itself, and one that says something else.

func tellsEnd(done chan struct{}) {
	defer close(done)
	time.Sleep(time.Second)
}

func waitsForOther(exited <-chan struct{}) {
	time.Sleep(time.Second)
	<-exited
}

// Short sleeps that a loop repeats.

func reserves(ctx context.Context, try func() bool, throttle time.Duration) error {
	for {
		if throttle > 0 {
			select {
			case <-time.After(throttle):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if try() {
			return nil
		}
		time.Sleep(10 * time.Millisecond) // want `this loop polls every 10ms and may never look at ctx; wait for a timer and ctx\.Done\(\) in a select`
	}
}

func polls(ctx context.Context, allow func() bool) {
	for !allow() {
		time.Sleep(20 * time.Millisecond) // want `this loop polls every 20ms and may never look at ctx`
	}
	use(ctx)
}

func pollsAndAsks(ctx context.Context, try func() bool) error {
	for {
		if try() {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func pollsAFewTimes(ctx context.Context, try func() bool) {
	tries := 0
	for {
		if tries++; tries > 10 || try() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	use(ctx)
}

func pollsForAWhile(ctx context.Context, try func() bool) {
	for start := time.Now(); !try() && time.Since(start) < time.Second; {
		time.Sleep(10 * time.Millisecond)
	}
	use(ctx)
}

func pollsWithContext(ctx context.Context, try func(context.Context) bool) {
	for !try(ctx) {
		time.Sleep(10 * time.Millisecond)
	}
}

func spins(ctx context.Context, n *atomic.Int64, old int64) {
	for n.Load() == old {
		time.Sleep(time.Nanosecond)
	}
	use(ctx)
}
