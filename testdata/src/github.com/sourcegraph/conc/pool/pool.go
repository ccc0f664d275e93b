// Package pool is a stub: the declarations of the real one, with bodies that
// behave like it as far as fixtures can tell.
package pool

import (
	"context"
	"sync"
)

type Pool struct {
	wg  sync.WaitGroup
	sem chan struct{}
}

type ErrorPool struct {
	pool Pool
	mu   sync.Mutex
	err  error
}

type ContextPool struct {
	errors ErrorPool
	ctx    context.Context
}

func New() *Pool { return &Pool{} }

func (p *Pool) WithMaxGoroutines(n int) *Pool {
	p.sem = make(chan struct{}, n)
	return p
}

func (p *Pool) WithErrors() *ErrorPool { return &ErrorPool{pool: Pool{sem: p.sem}} }

func (p *Pool) WithContext(ctx context.Context) *ContextPool {
	return &ContextPool{errors: ErrorPool{pool: Pool{sem: p.sem}}, ctx: ctx}
}

func (p *Pool) Go(f func()) {
	if p.sem != nil {
		p.sem <- struct{}{}
	}
	p.wg.Go(func() {
		f()
		if p.sem != nil {
			<-p.sem
		}
	})
}

func (p *Pool) Wait() { p.wg.Wait() }

func (p *ErrorPool) Go(f func() error) { p.pool.Go(func() { p.note(f()) }) }

func (p *ErrorPool) Wait() error {
	p.pool.Wait()
	return p.err
}

func (p *ErrorPool) WithMaxGoroutines(n int) *ErrorPool {
	p.pool.WithMaxGoroutines(n)
	return p
}

func (p *ErrorPool) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
}

func (p *ContextPool) Go(f func(ctx context.Context) error) {
	p.errors.Go(func() error { return f(p.ctx) })
}

func (p *ContextPool) WithMaxGoroutines(n int) *ContextPool {
	p.errors.WithMaxGoroutines(n)
	return p
}

func (p *ContextPool) Wait() error { return p.errors.Wait() }
