// Package contexts makes, hides and mistreats contexts.
package contexts

import (
	"context"
	"database/sql"
	"net/http"
	"os/exec"
	"time"
)

type mine struct{ context.Context }

func (mine) Done() <-chan struct{} { return nil }

type holder struct {
	ctx    context.Context
	cancel context.CancelFunc
	next   *holder
	ctxs   []context.Context
}

type handler func(http.ResponseWriter, *http.Request) context.Context

var global, cancelGlobal = context.WithCancel(context.Background())

type option func(context.Context) context.Context

func many(a, b context.Context, c *context.Context, d ...context.Context) (e context.Context) {
	<-a.Done()
	<-(*c).Done()
	<-d[0].Done()
	e = mine{b}
	<-e.Done()
	a, b = b, a
	a = nil
	<-a.Done()
	_ = a == nil || b.Err() != nil && <-b.Done() == struct{}{}
	done := a.Done()
	for {
		select {
		case <-done:
			done = nil
			continue
		case _, ok := <-b.Done():
			if ok {
				break
			}
			return context.WithoutCancel(e)
		}
	}
}

func (h *holder) serve(w http.ResponseWriter, r *http.Request) {
	h.ctx, h.cancel = context.WithTimeout(r.Context(), -1)
	defer h.next.next.cancel()
	go h.serve(w, r.WithContext(h.ctx))
	go func(r http.Request) { <-r.Context().Done() }(*r)
	http.DefaultClient.Do(r.Clone(h.ctxs[0]))
	exec.CommandContext(nil, "x").Run()
	exec.CommandContext(h.ctx, "x").Start()
	(&sql.DB{}).QueryRowContext(h.ctx, "").Scan()
	for range h.ctx.Done() {
	}
	stop := context.AfterFunc(h.ctx, h.cancel)
	defer stop()
	_, _ = context.WithDeadline(global, time.Time{})
	ctx, _ := context.WithCancelCause(global)
	context.Cause(ctx)
	func(context.Context) {}(ctx)
	type key struct{}
	ctx.Value(key{}).(chan int) <- 1
	var f option = func(ctx context.Context) context.Context { return ctx }
	<-f(f(ctx)).Done()
	cancelGlobal()
}

func (f handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { <-f(w, r).Done() }

func unused(ctx context.Context, _ context.Context) { time.Sleep(time.Hour) }
func onlyErr(ctx context.Context) {
	for ctx.Err() == nil {
		time.Sleep(time.Hour)
	}
}
func generic[C context.Context](ctx C, ch chan int) error { <-ctx.Done(); ch <- 1; return ctx.Err() }
func iface(ctx interface{ Done() <-chan struct{} })       { <-ctx.Done() }
