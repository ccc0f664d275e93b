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
