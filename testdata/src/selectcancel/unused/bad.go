// Package unused holds contexts that waiting functions never use.
package unused

import (
	"context"
	"io"
	"iter"
	"net"
	"net/http"
	"sync"
)

func dial(ctx context.Context, addr string) (net.Conn, error) { // want `ctx is never used although dial waits at net\.Dial \(on line 14\)`
	return net.Dial("tcp", addr)
}

type piper struct {
	conns chan net.Conn
	wg    sync.WaitGroup
}

// Dial satisfies an interface that offers a context.
func (p *piper) Dial(ctx context.Context) (io.ReadWriteCloser, error) { // want `ctx is never used although piper\.Dial waits at p\.conns \(on line 25\)`
	client, server := net.Pipe()
	p.conns <- server
	return client, nil
}

func (p *piper) next() net.Conn { return <-p.conns }

func (p *piper) Accept(ctx context.Context) net.Conn { // want `ctx is never used although piper\.Accept waits at p\.next \(on line 32\)`
	return p.next()
}

func (p *piper) Each(ctx context.Context) { // want `ctx is never used although piper\.Each waits at p\.conns \(on line 36\)`
	for c := range p.conns {
		c.Write(nil)
	}
}

func certificate(ctx context.Context, url string) (*http.Response, error) { // want `ctx is never used although certificate waits at http\.Get \(on line 42\)`
	return http.Get(url)
}

func all(ctx context.Context, jobs []func()) { // want `ctx is never used although all waits at wg\.Wait \(on line 50\)`
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(job)
	}
	wg.Wait()
}

func literals(serve func(func(context.Context) int), in chan int) {
	serve(func(ctx context.Context) int { // want `ctx is never used although the function literal in literals waits at in \(on line 55\)`
		return <-in
	})
}

func generic[T any](ctx context.Context, in <-chan T) T { // want `ctx is never used although generic waits at in \(on line 60\)`
	return <-in
}

func overFunc(ctx context.Context, seq iter.Seq[string]) { // want `ctx is never used although overFunc waits at http\.Get \(on line 65\)`
	for url := range seq {
		http.Get(url)
	}
}

// One call further is still the function's own business.
func fetched(ctx context.Context, url string) { // want `ctx is never used although fetched waits at fetch \(on line \d+\)`
	fetch(url)
}

func fetch(url string) { http.Get(url) }

// A literal that the function calls by name is part of it.
func byName(ctx context.Context, url string) { // want `ctx is never used although byName waits at http\.Get \(on line \d+\)`
	get := func() { http.Get(url) }
	get()
}

// An interface demands the context, and the wait is written here.
type loader interface {
	load(ctx context.Context, url string) error
}

type direct struct{}

func (direct) load(ctx context.Context, url string) error { // want `ctx is never used although direct\.load waits at http\.Get \(on line \d+\)`
	_, err := http.Get(url)
	return err
}
