// Package derived holds contexts that are derived for nobody.
package derived

import (
	"context"
	"time"
)

type getter func(context.Context) error

func load(ctx context.Context, get getter) error {
	_, cancel := context.WithTimeout(ctx, time.Second) // want `nothing listens to the context derived here, so its timeout ends nothing`
	defer cancel()
	return get(ctx)
}

func reassigned(parent context.Context, get getter) error {
	ctx, cancel := context.WithDeadline(parent, time.Now().Add(time.Second)) // want `nothing listens to the context derived here, so its deadline ends nothing`
	defer cancel()
	ctx = parent
	return get(ctx)
}

func overwritten(ctx context.Context, get getter) error {
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want `nothing listens to the context derived here, so its timeout ends nothing`
	defer cancel()
	return get(parent)
}

type key struct{}

func readsValue(parent context.Context, get getter) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want `nothing listens to the context derived here, so its timeout ends nothing`
	defer cancel()
	println(ctx.Value(key{}).(string))
	return get(parent)
}

func asksAfterwards(parent context.Context, get getter) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want `nothing listens to the context derived here, so its timeout ends nothing`
	defer cancel()
	err := get(parent)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func valueOnTop(parent context.Context, get getter) error {
	ctx, cancel := context.WithCancel(parent) // want `nothing listens to the context derived here, so its cancel ends nothing`
	defer cancel()
	ctx = context.WithValue(ctx, key{}, 1)
	_ = ctx
	return get(parent)
}

func ignore(_ context.Context, in chan int) int { return <-in }

func ignored(parent context.Context, in chan int) int {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want `nothing listens to the context derived here, so its timeout ends nothing`
	defer cancel()
	return ignore(ctx, in)
}

type client struct{ timeout time.Duration }

func (c *client) inGoroutine(parent context.Context, get getter) {
	go func() {
		_, cancel := context.WithTimeoutCause(parent, c.timeout, nil) // want `nothing listens to the context derived here, so its timeout ends nothing`
		defer cancel()
		get(parent)
	}()
}
