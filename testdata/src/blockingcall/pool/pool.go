// Package pool holds workers: what one misses, another gets.
package pool

import (
	"context"
	"net/http"
)

func get(url string) {
	if resp, err := http.Get(url); err == nil {
		resp.Body.Close()
	}
}

func work(ctx context.Context, jobs <-chan string) {
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-jobs:
			get(u)
		}
	}
}

func start(ctx context.Context, jobs <-chan string, n int) {
	for range n {
		go work(ctx, jobs)
	}
}

type group struct{ jobs chan string }

func (g *group) start(ctx context.Context, n int) {
	for i := 0; i < n; i++ {
		g.startOne(ctx)
	}
}

func (g *group) startOne(ctx context.Context) { go g.work(ctx) }

func (g *group) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-g.jobs:
			get(u)
		}
	}
}

func startLiterals(ctx context.Context, jobs <-chan string) {
	for i := 0; i < 8; i++ {
		go func() {
			for {
				select {
				case <-ctx.Done():
					return
				case u := <-jobs:
					get(u)
				}
			}
		}()
	}
}

func startsOne(ctx context.Context, jobs <-chan string) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case u := <-jobs:
				get(u) // want "get → http.Get waits without bound"
			}
		}
	}()
}
