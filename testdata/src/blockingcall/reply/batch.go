package reply

import (
	"context"
	"time"
)

type entry[T, R any] struct {
	item T
	done chan R
}

type batcher[T, R any] struct {
	in    chan entry[T, R]
	flush func([]T) R
}

func (b *batcher[T, R]) add(ctx context.Context, item T) (r R, err error) {
	done := make(chan R) // want `if the requester leaves first, batcher.loop waits for ever to send on done`
	select {
	case b.in <- entry[T, R]{item: item, done: done}:
		select {
		case r = <-done:
			return r, nil
		case <-ctx.Done():
			return r, ctx.Err()
		}
	case <-ctx.Done():
		return r, ctx.Err()
	}
}

func (b *batcher[T, R]) loop() {
	var items []T
	var waiting []chan R
	for {
		items, waiting = items[:0], waiting[:0]
		first := <-b.in
		items, waiting = append(items, first.item), append(waiting, first.done)
		more := time.After(time.Millisecond)
	collect:
		for {
			select {
			case e := <-b.in:
				items, waiting = append(items, e.item), append(waiting, e.done)
			case <-more:
				break collect
			}
		}
		r := b.flush(items)
		for _, done := range waiting {
			done <- r
		}
	}
}

type roomyEntry struct {
	item int
	done chan int
}

type roomyBatcher struct {
	in    chan roomyEntry
	flush func([]int) int
}

func (b *roomyBatcher) add(ctx context.Context, item int) (int, error) {
	done := make(chan int, 1)
	select {
	case b.in <- roomyEntry{item: item, done: done}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case r := <-done:
		return r, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (b *roomyBatcher) loop() {
	for first := range b.in {
		waiting := []chan int{first.done}
		for len(b.in) > 0 {
			waiting = append(waiting, (<-b.in).done)
		}
		r := b.flush(nil)
		for _, done := range waiting {
			done <- r
		}
	}
}
