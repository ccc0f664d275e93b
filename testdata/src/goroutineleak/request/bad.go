// Package request hands contexts of requests to goroutines that outlive them.
package request

import (
	"context"
	"net/http"
	"sync"
	"time"
)

func audit(ctx context.Context, what string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://audit/"+what, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func direct(w http.ResponseWriter, r *http.Request) {
	go audit(r.Context(), "direct") // want `r.Context\(\) ends when direct returns, and audit goes on; give it context.WithoutCancel`
}

func variable(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() { // want "ends when variable returns"
		if err := audit(ctx, "variable"); err != nil {
			println(err)
		}
	}()
}

func derived(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	go func() { // want "ends when derived returns"
		defer cancel()
		_ = audit(ctx, "derived")
	}()
}

type key struct{}

func reassigned(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	ctx = context.WithValue(ctx, key{}, 1)
	go func() { // want "ends when reassigned returns"
		_ = audit(ctx, "reassigned")
	}()
}

func inside(w http.ResponseWriter, r *http.Request) {
	go func() { // want "ends when inside returns"
		_ = audit(r.Context(), "inside")
	}()
}

func handed(w http.ResponseWriter, r *http.Request) {
	go func(ctx context.Context) { // want "ends when handed returns"
		_ = audit(ctx, "handed")
	}(r.Context())
}

func wholeRequest(w http.ResponseWriter, r *http.Request) {
	go later(r) // want "ends when wholeRequest returns"
}

func later(r *http.Request) { _ = audit(r.Context(), r.URL.Path) }

type server struct {
	mux *http.ServeMux
	bg  sync.WaitGroup
}

func (s *server) Close() { s.bg.Wait() }

// The group is waited for when the server closes, long after the handler.
func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	s.bg.Go(func() { // want `ends when server.handle returns`
		_ = audit(r.Context(), "group")
	})
}

func (s *server) routes() {
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		go audit(r.Context(), "literal") // want "ends when the handler returns"
	})
}
