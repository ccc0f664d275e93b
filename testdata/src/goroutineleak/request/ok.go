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
