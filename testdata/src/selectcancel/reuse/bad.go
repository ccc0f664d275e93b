// Package reuse holds clean-ups that are driven by a context that has ended.
package reuse

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

func stop(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	return srv.Shutdown(ctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
}

func inCase(ctx context.Context, srv *http.Server, errs chan error) error {
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return srv.Shutdown(ctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
	}
}

func shorter(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	sctx, cancel := context.WithTimeout(ctx, 5*time.Second) // want `ctx has ended, so srv\.Shutdown gives up at once`
	defer cancel()
	return srv.Shutdown(sctx)
}

func derivedBefore(ctx context.Context, srv *http.Server) error {
	sctx, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	<-ctx.Done()
	return srv.Shutdown(sctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
}

// Run waits for a signal.
func Run(srv *http.Server) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	go srv.ListenAndServe()
	<-ctx.Done()
	if err := srv.Shutdown(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) { // want `ctx has ended, so srv\.Shutdown gives up at once`
		println(err.Error())
	}
}

func inGoroutine(ctx context.Context, srv *http.Server) {
	go func() {
		<-ctx.Done()
		srv.Shutdown(ctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
	}()
}

func branch(ctx context.Context, db *sql.DB) {
	for {
		if ctx.Err() != nil {
			db.ExecContext(ctx, "delete from leases") // want `ctx has ended, so db\.ExecContext gives up at once`
			return
		}
		work()
	}
}

func loopCondition(ctx context.Context, db *sql.DB) {
	for ctx.Err() == nil {
		work()
	}
	db.ExecContext(ctx, "delete from leases") // want `ctx has ended, so db\.ExecContext gives up at once`
}

type service struct {
	ctx context.Context
	srv *http.Server
}

func (s *service) run() {
	done := s.ctx.Done()
	<-done
	s.srv.Shutdown(s.ctx) // want `s\.ctx has ended, so s\.srv\.Shutdown gives up at once`
}

func handler(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	<-r.Context().Done()
	db.ExecContext(r.Context(), "delete from watchers") // want `r\.Context\(\) has ended, so db\.ExecContext gives up at once`
}

func withValue(ctx context.Context, db *sql.DB) {
	<-ctx.Done()
	db.ExecContext(context.WithValue(ctx, key{}, 1), "delete from watchers") // want `ctx has ended, so db\.ExecContext gives up at once`
}

type key struct{}

func after(ctx context.Context, srv *http.Server) {
	context.AfterFunc(ctx, func() {
		srv.Shutdown(ctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
	})
}

func lone(ctx context.Context, srv *http.Server) {
	select {
	case <-ctx.Done():
	}
	srv.Shutdown(ctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
}

func builds(ctx context.Context) error {
	<-ctx.Done()
	return exec.CommandContext(ctx, "sync").Run() // want `ctx has ended, so exec\.CommandContext gives up at once`
}

func release(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "delete from locks")
	return err
}

func viaFunction(ctx context.Context, db *sql.DB) error {
	<-ctx.Done()
	return release(ctx, db) // want `ctx has ended, so release gives up at once`
}

func loops(ctx context.Context, in chan int, srv *http.Server) {
	for {
		select {
		case <-ctx.Done():
			srv.Shutdown(ctx) // want `ctx has ended, so srv\.Shutdown gives up at once`
			return
		case v := <-in:
			println(v)
		}
	}
}

func cancelled(parent context.Context, db *sql.DB) {
	ctx, cancel := context.WithCancel(parent)
	work()
	cancel()
	db.ExecContext(ctx, "delete from leases") // want `the context has ended, so db\.ExecContext gives up at once`
}
