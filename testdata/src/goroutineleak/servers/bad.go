// Package servers lets go of servers before they are drained.
package servers

import (
	"context"
	"net"
	"net/http"
	"time"
)

func serve(ctx context.Context, srv *http.Server) error {
	go func() {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	}()
	return srv.ListenAndServe() // want "srv.ListenAndServe returns as soon as Shutdown starts.*wait until Shutdown has returned"
}

type app struct {
	srv  http.Server
	quit chan struct{}
}

func (a *app) run(l net.Listener) error {
	go a.stop()
	return a.srv.Serve(l) // want "a.srv.Serve returns as soon as Shutdown starts"
}

func (a *app) stop() {
	<-a.quit
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	a.srv.Shutdown(ctx)
}

func tooEarly(ctx context.Context, srv *http.Server) error {
	done := make(chan struct{})
	go func() {
		<-ctx.Done()
		close(done) // before Shutdown: says nothing about its end
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	}()
	err := srv.ListenAndServe() // want "srv.ListenAndServe returns as soon as Shutdown starts"
	<-done
	return err
}

func afterFunc(ctx context.Context, srv *http.Server) error {
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	})
	defer stop()
	return srv.ListenAndServe() // want "srv.ListenAndServe returns as soon as Shutdown starts"
}

func unbounded(srv *http.Server) error {
	return srv.Shutdown(context.Background()) // want "Shutdown with context.Background waits for ever"
}

func unboundedVar(srv *http.Server) error {
	ctx := context.TODO()
	return srv.Shutdown(ctx) // want "Shutdown with context.TODO waits for ever"
}

func cancelLate(srv *http.Server) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	err := srv.Shutdown(ctx) // want "Shutdown with context.WithCancelCause waits for ever"
	cancel(err)
	return err
}

type ctxKey struct{}

func carrying(srv *http.Server) error {
	return srv.Shutdown(context.WithValue(context.TODO(), ctxKey{}, "bye")) // want "Shutdown with context.WithValue waits for ever"
}

func beside(srv *http.Server, quit <-chan struct{}) error {
	served := make(chan error, 1)
	go func() { served <- srv.ListenAndServe() }()
	go func() {
		<-quit
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	}()
	return <-served // want "srv.ListenAndServe .* returns as soon as Shutdown starts, and this goes on; wait until Shutdown has returned"
}

func (a *app) both(l net.Listener) {
	over := make(chan struct{})
	go func() {
		defer close(over)
		if err := a.srv.Serve(l); err != nil {
			println(err.Error())
		}
	}()
	go a.stop()
	<-over // want "a.srv.Serve .* returns as soon as Shutdown starts, and this goes on"
	println("bye")
}
