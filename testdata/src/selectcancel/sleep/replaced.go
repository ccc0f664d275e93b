package sleep

import (
	"context"
	"time"
)

// probe hears nobody: the context that it works with is its own, and ends when it
// returns.
func probe(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go try(ctx)
	for range 5 {
		if err := try(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return nil
}

// guarded works with a context of its own, which something ends.
func guarded(ctx context.Context, try func(context.Context) error, onTrouble func(func())) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	onTrouble(cancel)
	for range 5 {
		if err := try(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second) // want "time.Sleep cannot be cut short by ctx"
	}
	return nil
}

// derived works with a context that ends with the caller's.
func derived(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range 5 {
		if err := try(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second) // want "time.Sleep cannot be cut short by ctx"
	}
	return nil
}
