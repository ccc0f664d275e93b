package lib

import (
	"context"
	"net/http"
	"time"
)

func (s *server) handlerGood(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithoutCancel(r.Context()) // keep values, drop cancellation ...
	s.bg.Go(func() {                          // ... and be joined at shutdown
		ctx, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		audit(ctx)
	})
	w.WriteHeader(http.StatusAccepted)
}
