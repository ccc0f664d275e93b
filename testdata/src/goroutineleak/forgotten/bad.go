// Package forgotten starts work that nobody knows the end of.
package forgotten

import (
	"context"
	"database/sql"
	"net/http"
	"os/exec"
	"time"
)

type job struct{ id int }

func work(ctx context.Context, j job) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func plain(ctx context.Context, j job) {
	go work(ctx, j) // want "the error of work is lost and nobody waits for it, though ctx bounds this work"
}

func literal(ctx context.Context, j job) {
	go func() { // want "the error of work is lost"
		_ = work(ctx, j)
	}()
}

func inLoop(ctx context.Context, js []job) {
	for _, j := range js {
		go func() { // want "the error of work is lost"
			work(ctx, j)
		}()
	}
}

func request(w http.ResponseWriter, r *http.Request) {
	go http.Get("http://metrics/" + r.FormValue("id")) // want "the error of http.Get is lost .* though r.Context"
	w.WriteHeader(http.StatusAccepted)
}

type store struct{ db *sql.DB }

func (s *store) Close() error { return s.db.Close() }

func (s *store) save(id int) error {
	_, err := s.db.Exec("update t set n = n+1 where id = ?", id)
	return err
}

func (s *store) touch(id int) {
	go s.save(id) // want "the error of s.save is lost .* though store.Close bounds"
}

func (s *store) handled(id int, log func(error)) {
	go func() { // want "may outlive store.Close: nothing ends .*Output, nobody joins it"
		out, err := exec.Command("backup").Output()
		if err != nil || len(out) == 0 {
			println(err.Error())
		}
	}()
}

func detachedCtx(ctx context.Context, j job) {
	go func() { // want "the error of work is lost"
		work(context.Background(), j)
	}()
}

func retry(ctx context.Context, j job) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
		if j.id > 0 {
			return nil
		}
	}
}

func waiting(ctx context.Context, j job) {
	go retry(ctx, j) // want "the error of retry is lost"
}

// An error that is only compared with nil is lost as well, and a client in a
// field need have no timeout.
type hooks struct {
	client *http.Client
	base   string
}

func (h *hooks) fired(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	go func() { // want "the error of h.client.Post is lost .* though r.Context"
		resp, err := h.client.Post(h.base+name, "text/plain", nil)
		if err != nil {
			return
		}
		defer resp.Body.Close()
	}()
}

func (h *hooks) ping(ctx context.Context) {
	go func() { // want "the error of h.client.Do is lost"
		req, err := http.NewRequest(http.MethodHead, h.base, nil)
		if err != nil {
			return
		}
		if resp, err := h.client.Do(req); err == nil {
			_ = resp.Body.Close()
		}
	}()
}
