// Package strictly holds what only level strict reports.
package strictly

import (
	"context"
	"net"
	"os"
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

func blink(ctx context.Context) {
	use(ctx)
	time.Sleep(200 * time.Millisecond) // want `time\.Sleep cannot be cut short by ctx`
}

func onlyInTests(ctx context.Context, d time.Duration) {
	use(ctx)
	if os.Getenv("SLOW") != "" {
		time.Sleep(d) // want `time\.Sleep cannot be cut short by ctx`
	}
}

type depot struct{ in chan int }

func (d *depot) far() int { return d.near() }

func (d *depot) near() int { return <-d.in }

func (d *depot) Take(ctx context.Context) int { return d.far() } // want `ctx is never used although depot\.Take waits at d\.far`

func nearby(ctx context.Context, path string) (net.Conn, error) {
	use(ctx)
	return net.Dial("unix", path) // want `net\.Dial cannot be ended by ctx`
}

type quick struct{ rows map[string]int }

func (q *quick) find(ctx context.Context, key string) int { return q.rows[key] }

func finds(parent context.Context, q *quick) int {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want `nothing listens to the context derived here`
	defer cancel()
	return q.find(ctx, "a")
}

type handlers map[string]func(ctx context.Context, in <-chan int, out chan<- int)

func doubles(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			out <- 2 * v // want `the send on out cannot be ended by ctx`
		}
	}
}

var served = handlers{"doubles": doubles}

var use = func(context.Context) {}
