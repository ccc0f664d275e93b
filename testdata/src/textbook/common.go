// Package lib holds small concurrent functions: those in *_tp.go must be
// reported, those in *_ok.go must not. The file expect.tsv says by which rule.
package lib

import (
	"context"
	"net/http"
)

type Event struct{ URL string }
type Result struct{ N int }

// fetch asks the network.
func fetch(ctx context.Context, id string) Result {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return Result{}
	}
	resp, err := do(req)
	if err != nil {
		return Result{}
	}
	resp.Body.Close()
	return Result{resp.StatusCode}
}

func do(r *http.Request) (*http.Response, error) { return http.DefaultClient.Do(r) }

// compute, process and step do not wait.
func compute() Result            { return Result{} }
func process(Event)              {}
func step(context.Context) error { return nil }
