package main

import (
	"context"
	"fmt"
	"sync/atomic"
)

type tracker struct {
	pending atomic.Int32
	failed  int32
	done    chan struct{}
	err     chan error
}

var _ = run(func() { _ = push(later(), []func() error{works, works}) })

func push(ctx context.Context, sends []func() error) error {
	t := &tracker{done: make(chan struct{}), err: make(chan error)}
	t.pending.Store(int32(len(sends)))
	for _, f := range sends {
		go t.send(f)
	}
	_ = fmt.Sprint(t.failed)
	select {
	case err := <-t.err:
		return err
	case <-t.done:
		return nil
	}
}

func (t *tracker) send(f func() error) {
	_ = f()
	if t.pending.Add(-1) == 0 {
		t.done <- struct{}{}
	}
}

var _ = run(func() { _ = pushCtx(dead(), []func() error{works, fails}) })

func pushCtx(ctx context.Context, sends []func() error) error {
	t := &tracker{done: make(chan struct{}), err: make(chan error)}
	t.pending.Store(int32(len(sends)))
	for _, f := range sends {
		go t.report(f)
	}
	select {
	case err := <-t.err:
		return err
	case <-t.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *tracker) report(f func() error) {
	nap()
	if err := f(); err != nil && atomic.AddInt32(&t.failed, 1) == 1 {
		t.err <- err // stuck abandoned-sender
		return
	}
	if t.pending.Add(-1) == 0 {
		t.done <- struct{}{} // stuck abandoned-sender
	}
}

var _ = run(func() { _ = pushCtx(dead(), []func() error{works, works}) })

var _ = run(func() { winner([]int{1, 2}) })

func winner(in []int) int {
	var won atomic.Bool
	ch := make(chan int)
	for _, v := range in {
		go func() {
			if won.CompareAndSwap(false, true) {
				ch <- v
			}
		}()
	}
	return <-ch
}
