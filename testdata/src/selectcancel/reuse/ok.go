package reuse

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"time"
)

func work() {}

func detaches(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return srv.Shutdown(ctx)
}

func fresh(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	sctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return srv.Shutdown(sctx)
}

// A logger takes the context for its values.
func logs(ctx context.Context) {
	<-ctx.Done()
	slog.InfoContext(ctx, "bye", "err", ctx.Err())
}

func unknown(ctx context.Context, clean func(context.Context) error) error {
	<-ctx.Done()
	return clean(ctx)
}

func otherCase(ctx context.Context, srv *http.Server, quit chan struct{}) error {
	select {
	case <-ctx.Done():
		return nil
	case <-quit:
		return srv.Shutdown(ctx)
	}
}

func otherContext(ctx, grace context.Context, srv *http.Server) error {
	<-ctx.Done()
	return srv.Shutdown(grace)
}

// The end of the child says nothing about its parent.
func child(parent context.Context, db *sql.DB) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	<-ctx.Done()
	db.ExecContext(parent, "delete from leases")
}

func notEnded(ctx context.Context, db *sql.DB) {
	if ctx.Err() == nil {
		db.ExecContext(ctx, "insert into leases values (1)")
	}
}

func replaced(ctx context.Context, srv *http.Server) {
	<-ctx.Done()
	ctx = context.Background()
	srv.Shutdown(ctx)
}

func cleanup(ctx context.Context, db *sql.DB) {
	ctx = context.WithoutCancel(ctx)
	db.ExecContext(ctx, "delete from leases")
}

func calleeDetaches(ctx context.Context, db *sql.DB) {
	<-ctx.Done()
	cleanup(ctx, db)
}

func cancelsLater(parent context.Context, db *sql.DB, early bool) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	if early {
		cancel()
		return
	}
	db.ExecContext(ctx, "delete from leases")
}

func eachTurn(parent context.Context, db *sql.DB) {
	for range 3 {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		db.ExecContext(ctx, "select 1")
		cancel()
	}
	db.ExecContext(parent, "select 2")
}
