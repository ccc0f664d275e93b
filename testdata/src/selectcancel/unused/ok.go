package unused

import (
	"context"
	"net"
	"net/http"
)

func ignored(_ context.Context, addr string) (net.Conn, error) {
	return net.Dial("tcp", addr)
}

func quick(ctx context.Context, n int) int { return n + 1 }

func usedInside(ctx context.Context, in chan int) func() int {
	return func() int {
		select {
		case v := <-in:
			return v
		case <-ctx.Done():
			return 0
		}
	}
}

func onlyGoroutine(ctx context.Context, url string) {
	go http.Get(url)
}

func room(ctx context.Context) int {
	c := make(chan int, 1)
	c <- 1
	return 2
}

func stopped(ctx context.Context, quit <-chan struct{}) {
	<-quit
}

// A service that has a stop channel of its own.
func service(ctx context.Context, in chan int, quit chan struct{}) {
	for {
		select {
		case v := <-in:
			println(v)
		case <-quit:
			return
		}
	}
}

func (p *piper) Shutdown(ctx context.Context) {
	p.wg.Wait()
}

func once(ctx context.Context, in chan int, quit chan struct{}) int {
	select {
	case v := <-in:
		return v
	case <-quit:
		return 0
	}
}

// An interface demands the context of a method that waits only far away.
type indirect struct{}

func (indirect) load(ctx context.Context, url string) error {
	fetch(url)
	return nil
}

// So does a table of handlers.
var handlers = map[string]func(context.Context, string){"fetch": handle}

func handle(ctx context.Context, url string) { fetch(url) }

// A wait for other goroutines behind two calls is soon over more often than not.
func far(ctx context.Context, in chan int) int { return near(in) }

func near(in chan int) int { return nearest(in) }

func nearest(in chan int) int { return innermost(in) }

func innermost(in chan int) int { return <-in }
