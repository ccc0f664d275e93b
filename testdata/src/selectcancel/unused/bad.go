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

func dial(ctx context.Context, addr string) (net.Conn, error) { // want "\\(ctx-unused\\)"
	return net.Dial("tcp", addr)
}

type piper struct {
	conns chan net.Conn
	wg    sync.WaitGroup
}

// Dial satisfies an interface that offers a context.
func (p *piper) Dial(ctx context.Context) (io.ReadWriteCloser, error) { // want "\\(ctx-unused\\)"
	client, server := net.Pipe()
	p.conns <- server
	return client, nil
}

func (p *piper) next() net.Conn { return <-p.conns }

func (p *piper) Accept(ctx context.Context) net.Conn { // want "\\(ctx-unused\\)"
	return p.next()
}

func (p *piper) Each(ctx context.Context) { // want "\\(ctx-unused\\)"
	for c := range p.conns {
		c.Write(nil)
	}
}

func certificate(ctx context.Context, url string) (*http.Response, error) { // want "\\(ctx-unused\\)"
	return http.Get(url)
}

func all(ctx context.Context, jobs []func()) { // want "\\(ctx-unused\\)"
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(job)
	}
	wg.Wait()
}

func literals(serve func(func(context.Context) int), in chan int) {
	serve(func(ctx context.Context) int { // want "\\(ctx-unused\\)"
		return <-in
	})
}

func generic[T any](ctx context.Context, in <-chan T) T { // want "\\(ctx-unused\\)"
	return <-in
}

func overFunc(ctx context.Context, seq iter.Seq[string]) { // want "\\(ctx-unused\\)"
	for url := range seq {
		http.Get(url)
	}
}
