// Package selects holds selects that the context in scope cannot end.
package selects

import (
	"context"
	"net/http"
	"sync"
	"time"

	"google.golang.org/grpc"
)

func next(ctx context.Context, a, b <-chan int) int {
	select { // want `this select waits for a and b but cannot hear ctx`
	case v := <-a:
		return v
	case v := <-b:
		return v
	}
}

type hub struct {
	in, out chan int
}

func (h *hub) run(ctx context.Context) {
	for {
		select { // want `this select waits for h\.in and h\.out but cannot hear ctx`
		case v := <-h.in:
			println(v)
		case h.out <- 1:
		}
	}
}

func handler(h *hub) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select { // want `this select waits for h\.in and h\.out but cannot hear r\.Context\(\)`
		case <-h.in:
		case <-h.out:
		}
	}
}

func stream(h *hub, s grpc.ServerStream) error {
	for {
		select { // want `this select waits for h\.in and h\.out but cannot hear s\.Context\(\)`
		case v := <-h.in:
			if err := s.SendMsg(v); err != nil {
				return err
			}
		case v := <-h.out:
			println(v)
		}
	}
}

func goroutine(ctx context.Context, h *hub, wg *sync.WaitGroup) {
	wg.Go(func() {
		select { // want `this select waits for h\.in and h\.out but cannot hear ctx`
		case <-h.in:
		case <-h.out:
		}
	})
}

func nested(ctx context.Context, h *hub, mode int) {
	for {
		switch mode {
		case 1:
			select { // want `this select waits for h\.in and h\.out but cannot hear ctx`
			case v := <-h.in:
				mode = v
			case v := <-h.out:
				mode = v
			}
		default:
			return
		}
	}
}

func generic[C ~chan T, T any](ctx context.Context, a, b C) T {
	select { // want `this select waits for a and b but cannot hear ctx`
	case v := <-a:
		return v
	case v := <-b:
		return v
	}
}

func ticking(ctx context.Context, h *hub) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select { // want `this select waits for t\.C and h\.in but cannot hear ctx`
		case <-t.C:
			println("tick")
		case v := <-h.in:
			println(v)
		}
	}
}

func nextUntil(stop <-chan struct{}, a, b <-chan int) int {
	for {
		select {
		case <-stop:
			return 0
		default:
		}
		select { // want `this select waits for a and b but cannot hear stop; add case <-stop`
		case v := <-a:
			return v
		case v := <-b:
			return v
		}
	}
}
