package derived

import (
	"context"
	"time"
)

func passesOn(ctx context.Context, get getter) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return get(ctx)
}

func waits(parent context.Context) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	<-ctx.Done()
}

// The loop asks at every turn.
func polls(parent context.Context, try func() bool) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	for ctx.Err() == nil && !try() {
	}
}

func stores(parent context.Context, s *visit) {
	s.ctx, s.cancel = context.WithCancel(parent)
}

type visit struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func returns(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(parent, time.Second)
}

func captures(parent context.Context, get getter) func() error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	return func() error {
		defer cancel()
		return get(ctx)
	}
}

func underValue(parent context.Context, get getter) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return get(context.WithValue(ctx, key{}, 1))
}

func sometimes(parent context.Context, d time.Duration, get getter) error {
	ctx := parent
	if d > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(parent, d)
		defer cancel()
	}
	return get(ctx)
}

// A flag that somebody sets by calling cancel.
func flag(parent context.Context, run func(stop func())) bool {
	ctx, cancel := context.WithCancel(parent)
	run(cancel)
	return ctx.Err() != nil
}

func listen(ctx context.Context, in chan int) int {
	select {
	case v := <-in:
		return v
	case <-ctx.Done():
		return 0
	}
}

func listened(parent context.Context, in chan int) int {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return listen(ctx, in)
}

func deferred(parent context.Context, get getter) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	defer get(ctx)
}
