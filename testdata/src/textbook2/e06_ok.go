package lib

import (
	"context"
	"sync"
)

type watch[T any] struct {
	mu      sync.Mutex
	val     T
	changed chan struct{} // closed and replaced at every change
}

func (w *watch[T]) Set(v T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.val = v
	if w.changed != nil {
		close(w.changed)
	}
	w.changed = make(chan struct{})
}

func (w *watch[T]) Get() (T, <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.changed == nil {
		w.changed = make(chan struct{})
	}
	return w.val, w.changed
}

func awaitGood(ctx context.Context, w *watch[bool]) error {
	for {
		ok, ch := w.Get()
		if ok {
			return nil
		}
		select {
		case <-ch:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
