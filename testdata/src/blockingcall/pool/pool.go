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

type shard struct{ jobs, flush chan string }

func startShards(ctx context.Context, shards []*shard) {
	for _, s := range shards {
		go s.work(ctx)
		go s.serve(ctx)
	}
}

func (s *shard) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-s.jobs:
			get(u)
		}
	}
}

// Each shard has two events of its own.
func (s *shard) serve(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-s.jobs:
			get(u) // want "get → http.Get waits without bound, so ctx.Done.. and s.flush are not served"
		case <-s.flush:
		}
	}
}

// An actor owes every requester an answer; a pool of them, or a plain worker,
// owes nobody anything soon.

type question struct {
	url    string
	answer chan error
}

func actor(inbox <-chan question) {
	for q := range inbox {
		get(q.url) // want "get → http.Get waits without bound, so other requests to this actor wait too"
		q.answer <- nil
	}
}

func pooledActor(inbox <-chan *question) {
	for q := range inbox {
		get(q.url)
		q.answer <- nil
	}
}

func startActors(inbox <-chan *question) {
	for range 4 {
		go pooledActor(inbox)
	}
}

func pipe(in <-chan string, out chan<- string) {
	for u := range in {
		get(u)
		out <- u
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
				http.Get(u) // want "http.Get waits without bound"
			}
		}
	}()
}
