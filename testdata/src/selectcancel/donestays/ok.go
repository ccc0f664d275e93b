package donestays

import (
	"context"
	"iter"
	"os"
	"sync"
	"time"
)

func returns(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			println(v)
		}
	}
}

func labelled(ctx context.Context, in <-chan int) {
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case v := <-in:
			println(v)
		}
	}
}

func jumps(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			goto end
		case v := <-in:
			println(v)
		}
	}
end:
	println("end")
}

func looksBehind(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
		case v := <-in:
			println(v)
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func condition(ctx context.Context, in <-chan int) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			break
		case v := <-in:
			println(v)
		}
	}
}

func silences(ctx context.Context, in <-chan int) {
	done := ctx.Done()
	for {
		select {
		case <-done:
			println("draining")
			done = nil
		case v, ok := <-in:
			if !ok {
				return
			}
			println(v)
		}
	}
}

// Every turn has a context of its own.
func perTurn(parent context.Context, try func(context.Context) chan int) {
	for {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		select {
		case <-ctx.Done():
			println("again")
		case v := <-try(ctx):
			println(v)
		}
		cancel()
	}
}

func renewed(parent context.Context, in chan int) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	for {
		select {
		case <-ctx.Done():
			cancel()
			ctx, cancel = context.WithTimeout(parent, time.Second)
		case v := <-in:
			println(v)
		}
	}
}

type state struct {
	mu      sync.Mutex
	changed chan struct{}
}

func (s *state) set() {
	s.mu.Lock()
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
}

func (s *state) watch(in chan int) {
	for {
		select {
		case <-s.changed:
			println("changed")
		case v := <-in:
			println(v)
		}
	}
}

func exits(ctx context.Context, in chan int) {
	for {
		select {
		case <-ctx.Done():
			os.Exit(1)
		case v := <-in:
			println(v)
		}
	}
}

func drains(ctx context.Context, jobs []int, out chan<- int) (lost int) {
	for _, job := range jobs {
		select {
		case <-ctx.Done():
			lost++
		case out <- job:
		}
	}
	return lost
}

func stopsBehind(ctx context.Context, jobs []int, out chan<- int) error {
	for _, job := range jobs {
		select {
		case <-ctx.Done():
			break
		case out <- job:
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func overFunc(ctx context.Context, seq iter.Seq[int], out chan<- int) {
	for v := range seq {
		select {
		case <-ctx.Done():
			return
		case out <- v:
		}
	}
}

// A value that is sent to stop is gone once it is received.
type pump struct{ stop chan bool }

func (p *pump) halt() { p.stop <- true }

func (p *pump) run(in chan int) {
	for {
		select {
		case <-p.stop:
			println("paused")
		case v := <-in:
			println(v)
		}
	}
}

// Asking is not waiting: the loop ends by itself.
func asks(ctx context.Context, n int) {
	for i := 0; i < n; i++ {
		select {
		case <-ctx.Done():
		default:
		}
	}
}

// The loop asks what the literal found.
func perTurnAsked(ctx context.Context, in chan int) {
	for {
		func() {
			select {
			case v := <-in:
				println(v)
			case <-ctx.Done():
				return
			}
		}()
		if ctx.Err() != nil {
			return
		}
	}
}

func perTurnTold(ctx context.Context, in chan int) {
	for {
		if ended := func() bool {
			select {
			case v := <-in:
				println(v)
				return false
			case <-ctx.Done():
				return true
			}
		}(); ended {
			return
		}
	}
}
