// Package donestays holds Done cases from which the loop cannot leave.
package donestays

import (
	"bufio"
	"context"
	"net/http"
	"sync"
	"time"
)

func serve(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			break
		case v := <-in:
			println(v)
		}
	}
}

func polls(ctx context.Context, work func()) {
	for {
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			break
		default:
		}
		work()
	}
}

func empty(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
		case v := <-in:
			println(v)
		}
	}
}

func continues(ctx context.Context, in <-chan int) {
loop:
	for {
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			println("end")
			continue loop
		case v := <-in:
			if v == 0 {
				return
			}
		}
	}
}

type worker struct {
	ctx  context.Context
	quit chan struct{}
	in   chan int
}

func (w *worker) Close() { close(w.quit) }

func (w *worker) run() {
	for {
		select {
		case <-w.quit: // want `the loop spins once w\.quit is ready: its case never leaves the loop`
			break
		case v := <-w.in:
			println(v)
		}
	}
}

func (w *worker) field() {
	for {
		switch {
		case cap(w.in) > 0:
			select {
			case <-w.ctx.Done(): // want `the loop spins once w\.ctx\.Done\(\) is ready: its case never leaves the loop`
				break
			case <-w.in:
			}
		}
	}
}

func alias(ctx context.Context, in chan int) {
	done := ctx.Done()
	go func() {
		for {
			select {
			case <-done: // want `the loop spins once done is ready: its case never leaves the loop`
			case v := <-in:
				println(v)
			}
		}
	}()
}

func handler(w http.ResponseWriter, r *http.Request) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-r.Context().Done(): // want `the loop spins once r\.Context\(\)\.Done\(\) is ready: its case never leaves the loop`
			break
		case <-t.C:
			w.Write([]byte("."))
		}
	}
}

// The range goes on to the next job although the context has ended.
func feed(ctx context.Context, jobs []int, out chan<- int) {
	for _, job := range jobs {
		select {
		case <-ctx.Done(): // want `the loop goes on although ctx\.Done\(\) is ready`
			break
		case out <- job:
		}
	}
}

func counted(ctx context.Context, out chan<- int) {
	for i := range 10 {
		select {
		case <-ctx.Done(): // want `the loop goes on although ctx\.Done\(\) is ready`
			println("cancelled")
			break
		default:
		}
		out <- i
	}
}

func gotoLoop(ctx context.Context, in chan int) {
	for {
	again:
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			goto again
		case v := <-in:
			println(v)
		}
	}
}

func derived(parent context.Context, in chan int) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	for {
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			break
		case v := <-in:
			println(v)
		}
	}
}

func doneInLoop(ctx context.Context, in chan int) {
	for {
		done := ctx.Done()
		select {
		case <-done: // want `the loop spins once done is ready: its case never leaves the loop`
			break
		case v := <-in:
			println(v)
		}
	}
}

func scans(ctx context.Context, lines *bufio.Scanner, use func(string)) {
	for lines.Scan() {
		select {
		case <-ctx.Done(): // want `the loop goes on although ctx\.Done\(\) is ready`
			break
		default:
		}
		use(lines.Text())
	}
}

func threeClauses(ctx context.Context, n int, out chan<- int) {
	for i := 0; i < n; i++ {
		select {
		case <-ctx.Done(): // want `the loop goes on although ctx\.Done\(\) is ready`
			break
		case out <- i:
		}
	}
}

func ticks(ctx context.Context, poll func()) {
	for range time.Tick(time.Second) {
		select {
		case <-ctx.Done(): // want `the loop goes on although ctx\.Done\(\) is ready`
			break
		default:
			poll()
		}
	}
}

// A return leaves only the literal.
func perTurnLocked(ctx context.Context, in chan int, mu *sync.Mutex) {
	for {
		func() {
			mu.Lock()
			defer mu.Unlock()
			select {
			case v := <-in:
				println(v)
			case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case leaves only the literal; leave the loop`
				return
			}
		}()
	}
}
