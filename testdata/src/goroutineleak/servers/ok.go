package servers

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

func drained(ctx context.Context, srv *http.Server) error {
	idle := make(chan struct{})
	go func() {
		defer close(idle)
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	}()
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-idle
	return nil
}

func joined(ctx context.Context, srv *http.Server) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	})
	return srv.ListenAndServe()
}

// inFront shuts down itself, and Shutdown waits.
func inFront(ctx context.Context, srv *http.Server) error {
	errc := make(chan error, 1)
	go func() { errc <- srv.ListenAndServe() }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return srv.Shutdown(ctx)
}

// other serves one server while another is shut down.
func other(ctx context.Context, a, b *http.Server) error {
	go func() {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		b.Shutdown(ctx)
	}()
	return a.ListenAndServe()
}

// Somebody may cancel the shutdown.
func cancelled(srv *http.Server, impatient <-chan struct{}) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-impatient
		cancel()
	}()
	return srv.Shutdown(ctx)
}

func bounded(srv *http.Server) error {
	parent, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	ctx, cancel := context.WithCancel(context.WithValue(parent, ctxKey{}, 1))
	defer cancel()
	return srv.Shutdown(ctx)
}

func besideAndDrained(srv *http.Server, quit <-chan struct{}) error {
	served, drained := make(chan error, 1), make(chan error, 1)
	go func() { served <- srv.ListenAndServe() }()
	go func() {
		<-quit
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		drained <- srv.Shutdown(ctx)
	}()
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-drained
}

func drainedFirst(srv *http.Server, quit <-chan struct{}) error {
	served := make(chan error, 1)
	var wg sync.WaitGroup
	go func() { served <- srv.ListenAndServe() }()
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-quit
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	}()
	wg.Wait()
	return <-served
}

// The goroutine tells of failures only.
func failures(srv *http.Server, quit <-chan struct{}) error {
	failed, drained := make(chan error, 1), make(chan struct{})
	go func() {
		if err := srv.ListenAndServe(); err != http.ErrServerClosed {
			failed <- err
		}
	}()
	go func() {
		<-quit
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
		close(drained)
	}()
	select {
	case err := <-failed:
		return err
	case <-drained:
		return nil
	}
}

func failuresAlone(srv *http.Server, quit <-chan struct{}) {
	failed := make(chan error, 1)
	go func() {
		if err := srv.ListenAndServe(); err != http.ErrServerClosed {
			failed <- err
		}
	}()
	go func() {
		<-quit
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		srv.Shutdown(ctx)
	}()
	select {
	case err := <-failed:
		panic(err)
	case <-time.After(time.Minute):
	}
}
