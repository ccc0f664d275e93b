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

// A function that starts the goroutine for its caller.
func (s *server) later(ctx context.Context, what string) {
	go func() { // want "ctx ends when server.accept returns, and the goroutine goes on"
		_ = audit(ctx, what)
	}()
}

func (s *server) accept(w http.ResponseWriter, r *http.Request) {
	s.later(r.Context(), "accepted")
}

func notify(ctx context.Context, names ...string) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	_ = cancel
	for _, name := range names {
		go audit(ctx, name) // want "ends when the handler returns, and audit goes on"
	}
}

func broadcast(names []string, ctx context.Context) { notify(ctx, names...) }

func (s *server) more() {
	s.mux.HandleFunc("/more", func(w http.ResponseWriter, r *http.Request) {
		broadcast([]string{"a", "b"}, r.Context())
	})
}

// An object that carries the context.
type task struct {
	name string
	ctx  context.Context
}

func (t *task) run() {
	if err := audit(t.ctx, t.name); err != nil {
		println(err.Error())
	}
}

func (t task) copied() { _ = audit(t.ctx, t.name) }

func (s *server) enqueue(w http.ResponseWriter, r *http.Request) {
	t := &task{name: "run", ctx: r.Context()}
	go t.run() // want `t.ctx ends when server.enqueue returns, and task.run goes on|t.ctx ends when server.enqueue returns, and run goes on`
}

func (s *server) group(w http.ResponseWriter, r *http.Request) {
	t := &task{name: "group"}
	t.ctx = context.WithValue(r.Context(), key{}, 2)
	s.bg.Go(t.run) // want "ends when server.group returns"
}

func (s *server) byValue(w http.ResponseWriter, r *http.Request) {
	t := task{"copy", r.Context()}
	go t.copied() // want "ends when server.byValue returns"
	go func() {   // want "ends when server.byValue returns"
		t.run()
	}()
}
