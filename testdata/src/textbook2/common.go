// Package lib holds one mistake and its cure for each discipline, as pairs of
// files: e<number>_tp.go must be reported, e<number>_ok.go must not. The files
// expect.tsv says by which rule.
package lib

import (
	"context"
	"net/http"
	"sync"
)

// Job, Result and Event are what the examples pass around.
type (
	Job    struct{ ID int }
	Result struct{ N int }
	Event  struct{ URL string }
)

// server owns the goroutines that outlive a request.
type server struct{ bg sync.WaitGroup }

// fetch asks the network.
func fetch(ctx context.Context, j Job) (Result, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/job", nil)
	if err != nil {
		return Result{}, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return Result{}, err
	}
	return Result{j.ID}, resp.Body.Close()
}

// work and audit wait for the network too.
func work(ctx context.Context, j Job) error { _, err := fetch(ctx, j); return err }
func audit(ctx context.Context)             { _, _ = fetch(ctx, Job{}) }

// compute and handle do not wait.
func compute(j Job) Result { return Result{j.ID} }
func handle(e Event)       { _ = len(e.URL) }
