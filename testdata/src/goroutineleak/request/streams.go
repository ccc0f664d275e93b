package request

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

func auditLoudly(ctx context.Context, what string) {
	if err := audit(ctx, what); err != nil {
		slog.Error("audit failed", "err", err)
	}
}

// stream serves until the request ends, and what it has started is to end then too.
func stream(w http.ResponseWriter, r *http.Request, out <-chan []byte) {
	ctx := r.Context()
	go auditLoudly(ctx, "stream")
	alive := time.NewTicker(time.Second)
	defer alive.Stop()
	for {
		select {
		case b := <-out:
			if _, err := w.Write(b); err != nil {
				return
			}
		case <-alive.C:
			w.Write([]byte("\n"))
		case <-ctx.Done():
			return
		}
	}
}

// once answers and leaves, and what it has started ends too early.
func once(w http.ResponseWriter, r *http.Request, out <-chan []byte) {
	ctx := r.Context()
	go auditLoudly(ctx, "once") // want "r.Context.. ends when once returns"
	select {
	case b := <-out:
		w.Write(b)
	case <-ctx.Done():
	}
}
