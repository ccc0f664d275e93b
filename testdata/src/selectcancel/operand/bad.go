// Package operand holds operands of select cases that wait.
package operand

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

func forward(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case out <- <-in: // want `<-in is evaluated before the select can look at ctx\.Done\(\)`
		}
	}
}

type relay struct {
	in   chan int
	out  chan int
	quit chan struct{}
	wg   sync.WaitGroup
}

func (r *relay) next() int { return <-r.in }

func (r *relay) run() {
	for {
		select {
		case r.out <- r.next(): // want `r\.next\(\) is evaluated before the select can look at r\.quit`
		case <-r.quit:
			return
		}
	}
}

func (r *relay) deep() int { return r.next() + 1 }

func (r *relay) twoCallsAway() {
	select {
	case r.out <- r.deep(): // want `r\.deep\(\) is evaluated before the select can look at r\.quit`
	case <-r.quit:
	}
}

func channelOperand(ctx context.Context, chans chan chan int) int {
	select {
	case v := <-<-chans: // want `<-chans is evaluated before the select can look at ctx\.Done\(\)`
		return v
	case <-ctx.Done():
		return 0
	}
}

func tryOnly(in, out chan int) bool {
	select {
	case out <- <-in: // want `<-in is evaluated before the select can look at its default`
		return true
	default:
		return false
	}
}

func literal(ctx context.Context, in, out chan int) {
	select {
	case out <- func() int { return <-in * 2 }(): // want `<-in is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

func inArithmetic(ctx context.Context, in, out chan int) {
	go func() {
		select {
		case <-ctx.Done():
		case out <- 1 + (<-in)*2: // want `<-in is evaluated before the select can look at ctx\.Done\(\)`
		}
	}()
}

type page struct {
	body io.ReadCloser
	err  error
}

func get(url string) page {
	res, err := http.Get(url)
	if err != nil {
		return page{err: err}
	}
	return page{body: res.Body}
}

func fetch(ctx context.Context, url string, out chan page) {
	select {
	case out <- get(url): // want `get\(\) is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

func slow() int {
	time.Sleep(time.Minute)
	return 1
}

func sleepy(ctx context.Context, out chan int) {
	select {
	case out <- slow(): // want `slow\(\) is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

func (r *relay) settled() chan int {
	r.wg.Wait()
	return r.out
}

func (r *relay) chanCall() {
	select {
	case <-r.quit:
	case v := <-r.settled(): // want `r\.settled\(\) is evaluated before the select can look at r\.quit`
		r.in <- v
	}
}

func generic[T any](ctx context.Context, in, out chan T) {
	select {
	case out <- <-in: // want `<-in is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

func byName(ctx context.Context, in, out chan int) {
	next := func() int { return <-in }
	select {
	case out <- next(): // want `next\(\) is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

func byMethodValue(ctx context.Context, r *relay, out chan chan int) {
	settle := r.settled
	select {
	case out <- settle(): // want `settle\(\) is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}
