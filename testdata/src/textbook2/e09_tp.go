package lib

import (
	"context"
	"net/http"
)

func stopBad(ctx context.Context, srv *http.Server) {
	<-ctx.Done()
	_ = srv.Shutdown(ctx) // ctx is already cancelled: returns at once, drains nothing
}
