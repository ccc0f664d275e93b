package prices

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Poll asks the shops for ever, with growing pauses when they fail.
func (b *Board) Poll(ctx context.Context, shops []string) {
	pause := time.Second
	for {
		select {
		case <-ctx.Done():
			break
		default:
		}
		for _, shop := range shops {
			p, err := ask(ctx, shop)
			if err != nil {
				fmt.Println("ask failed:", err)
				time.Sleep(pause)
				pause *= 2
				continue
			}
			b.Publish(p)
		}
	}
}

// update asks one shop and publishes its answer.
func (b *Board) update(ctx context.Context, shop string) {
	if p, err := ask(ctx, shop); err == nil {
		b.Publish(p)
	}
}

// Refresh starts an update on request.
func (b *Board) Refresh(w http.ResponseWriter, r *http.Request) {
	go b.update(r.Context(), r.FormValue("shop"))
	w.WriteHeader(http.StatusAccepted)
}

// Serve serves until the context ends.
func (b *Board) Serve(ctx context.Context, addr string) error {
	srv := &http.Server{Addr: addr, Handler: http.HandlerFunc(b.Refresh)}
	go func() {
		<-ctx.Done()
		srv.Shutdown(ctx)
	}()
	return srv.ListenAndServe()
}
