package request

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
)

func joined(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Go(func() { _ = audit(r.Context(), "joined") })
	wg.Wait()
}

func received(w http.ResponseWriter, r *http.Request) {
	errc := make(chan error, 1)
	go func() { errc <- audit(r.Context(), "received") }()
	select {
	case err := <-errc:
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	case <-r.Context().Done():
	}
}

func closed(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = audit(r.Context(), "closed")
	}()
	io.WriteString(w, "working")
	<-done
}

func detached(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithoutCancel(r.Context())
	//asynclint:detached the audit outlives the request on purpose
	go audit(ctx, "detached")
}

// watching the request for its end is what its context is for.
func watching(w http.ResponseWriter, r *http.Request, cancel func()) {
	go func() {
		<-r.Context().Done()
		cancel()
	}()
}

func logging(w http.ResponseWriter, r *http.Request) {
	go func() {
		slog.InfoContext(r.Context(), "seen")
	}()
}

type transport struct{ next http.RoundTripper }

// RoundTrip sends requests; their context is the caller's.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	//asynclint:detached mirrors traffic
	go audit(r.Context(), "mirror")
	return t.next.RoundTrip(r)
}

func (s *server) kept(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithoutCancel(r.Context())
	s.bg.Go(func() { _ = audit(ctx, "kept") })
}

// A function that detaches, or that only others than handlers call.
func (s *server) detachedLater(ctx context.Context, what string) {
	ctx = context.WithoutCancel(ctx)
	s.bg.Go(func() { _ = audit(ctx, what) })
}

func (s *server) reload(ctx context.Context) {
	s.bg.Go(func() { _ = audit(ctx, "reload") })
}

func (s *server) main(ctx context.Context) { s.reload(ctx) }

func (s *server) calls(w http.ResponseWriter, r *http.Request) {
	s.detachedLater(r.Context(), "detached")
	s.reload(context.WithoutCancel(r.Context()))
	for range s.parallel(r.Context(), "a", "b") {
	}
	together(r.Context(), "a", "b")
}

// The handler waits for what the function starts, or the function does.
func (s *server) parallel(ctx context.Context, names ...string) <-chan error {
	out := make(chan error, len(names))
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { out <- audit(ctx, name) })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func together(ctx context.Context, names ...string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { _ = audit(ctx, name) })
	}
	wg.Wait()
}

type job struct {
	ctx  context.Context
	name string
}

func (j *job) run() { _ = audit(j.ctx, j.name) }

func (s *server) detachedJob(w http.ResponseWriter, r *http.Request) {
	j := &job{ctx: context.WithoutCancel(r.Context())}
	s.bg.Go(j.run)
}

// The context of this one is replaced before the work.
type ownJob struct{ ctx context.Context }

func (j *ownJob) run() {
	j.ctx = context.WithoutCancel(j.ctx)
	_ = audit(j.ctx, "own")
}

func (s *server) ownContext(w http.ResponseWriter, r *http.Request) {
	j := &ownJob{ctx: r.Context()}
	s.bg.Go(j.run)
}

func (s *server) joinedJob(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	j := &job{ctx: r.Context(), name: "joined"}
	wg.Go(j.run)
	wg.Wait()
}

func (s *server) resetJob(w http.ResponseWriter, r *http.Request) {
	j := job{ctx: r.Context(), name: "reset"}
	j.ctx = context.WithoutCancel(j.ctx)
	s.bg.Go(j.run)
}

// The goroutine is there for as long as the request, or only logs with it.
func (s *server) resizing(ctx context.Context, sizes <-chan string) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case size := <-sizes:
				_ = audit(ctx, size)
			}
		}
	}()
}

func (s *server) working(ctx context.Context, names []string) {
	s.bg.Go(func() {
		for _, name := range names {
			s.one(ctx, name)
		}
	})
}

func (s *server) one(ctx context.Context, name string) {
	if err := audit(context.Background(), name); err != nil {
		complain(ctx, err)
	}
}

func complain(ctx context.Context, err error) { slog.ErrorContext(ctx, "failed", "error", err) }

// Who runs things for others may wait for them.
type crew struct{ run func(func()) }

func (c *crew) each(ctx context.Context, f func(context.Context)) {
	go func() {
		defer c.run(func() {})
		f(ctx)
	}()
}

func (s *server) attached(w http.ResponseWriter, r *http.Request) {
	s.resizing(r.Context(), nil)
	s.working(r.Context(), []string{"a"})
	c := &crew{}
	c.each(r.Context(), func(ctx context.Context) { println("crew") })
}

// A group of the package's own, built on something out of view.
type peers struct {
	slots interface {
		Take()
		Give()
		Wait()
	}
}

func (p *peers) Go(f func()) {
	p.slots.Take()
	go func() {
		defer p.slots.Give()
		f()
	}()
}

func (p *peers) WaitAll() { p.slots.Wait() }

func newPeers() *peers { return &peers{} }

func (s *server) ownGroup(w http.ResponseWriter, r *http.Request) {
	p := newPeers()
	for range 3 {
		p.Go(func() { _ = audit(r.Context(), "peer") })
	}
	p.WaitAll()
}

// A handler that waits for the end itself means its goroutines to end with it.
func follow(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() {
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://feed", nil)
		if _, err := http.DefaultClient.Do(req); err != nil {
			panic(err)
		}
	}()
	<-ctx.Done()
}
