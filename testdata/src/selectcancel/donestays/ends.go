package donestays

import (
	"context"
	"io"
	"time"
)

// The last picture is drawn on the next tick.
func draws(ctx context.Context, draw func()) {
	t := time.NewTicker(100 * time.Millisecond)
	defer t.Stop()
	last := false
	for {
		select {
		case <-t.C:
			draw()
			if last {
				return
			}
		case <-ctx.Done():
			last = true
		}
	}
}

// Nobody looks at what is noted.
func notes(ctx context.Context, draw func()) {
	t := time.NewTicker(100 * time.Millisecond)
	defer t.Stop()
	last := false
	for {
		select {
		case <-t.C:
			draw()
			println(last)
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			last = true
		}
	}
}

type pipe struct {
	w      *io.PipeWriter
	cancel func()
}

func (p *pipe) closeWithError(err error) {
	p.w.CloseWithError(err)
	p.cancel()
}

// What the case calls makes the other case ready.
func passesOn(ctx context.Context, p *pipe) {
	inner, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	for {
		select {
		case <-ctx.Done():
			p.closeWithError(ctx.Err())
		case <-inner.Done():
			return
		}
	}
}

// Here it makes nothing ready.
func passesNothing(ctx context.Context, p *pipe, in chan int) {
	for {
		select {
		case <-ctx.Done(): // want `the loop spins once ctx\.Done\(\) is ready: its case never leaves the loop`
			p.closeWithError(ctx.Err())
		case v := <-in:
			println(v)
		}
	}
}

type lease struct{ ctx context.Context }

func (l *lease) Context() context.Context { return l.ctx }

// The loop around takes a new lease.
func keeps(ctx context.Context, take func(context.Context) *lease, out chan *lease) {
	for {
		held := take(ctx)
	keeping:
		for {
			select {
			case <-ctx.Done():
				return
			case <-held.Context().Done():
				break keeping
			case out <- held:
			}
		}
	}
}

type logger struct{}

// Fatalf ends the process, in another package.
func (logger) Fatalf(format string, args ...any) {}

func dies(ctx context.Context, log logger, in chan int) {
	for {
		select {
		case <-ctx.Done():
			log.Fatalf("gone: %v", ctx.Err())
		case v := <-in:
			println(v)
		}
	}
}
