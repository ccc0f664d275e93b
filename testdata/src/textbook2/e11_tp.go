package lib

import (
	"context"
	"net/http"
	"os/signal"
	"syscall"
)

func serveBad(srv *http.Server) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		srv.Shutdown(context.Background()) // unbounded, error dropped
	}()
	return srv.ListenAndServe() // returns the moment Shutdown STARTS: process exits mid-drain
}
