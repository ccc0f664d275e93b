// Package iterators ranges over functions, integers and what they return.
package iterators

import (
	"context"
	"iter"
	"sync"
	"time"
)

type list struct {
	mu    sync.Mutex
	items []int
}

// All holds its lock while the loop body runs.
func (l *list) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, v := range l.items {
			if !yield(v) {
				return
			}
		}
	}
}

func bodies(ctx context.Context, l *list, out chan<- int) (n int, err error) {
	defer func() { n++ }()
outer:
	for v := range l.All() {
		switch {
		case v == 0:
			continue
		case v == 1:
			continue outer
		case v == 2:
			break outer
		case v == 3:
			return v, nil
		case v == 4:
			goto end
		}
		defer l.mu.Unlock()
		select {
		case out <- v:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		for w := range l.All() {
			if w == v {
				continue outer
			}
			go func() { out <- w }()
		}
	}
end:
	return
}

func integers(ch chan int) {
	for range 3 {
		ch <- 1
	}
	for i := range 3 {
		go func() { ch <- i }()
	}
	for i := range len(ch) {
		_ = i
	}
	for range cap(ch) {
	}
	for range ch {
	}
	for i, r := range "aé" {
		_, _ = i, r
	}
	for range [0]int{} {
	}
	for i := range (*[4]int)(nil) {
		_ = i
	}
	for k := range map[int]chan int{} {
		_ = k
	}
	for func(yield func() bool) { yield() } != nil {
		break
	}
	for range func(yield func() bool) { _ = yield() && yield() } {
		time.Sleep(time.Millisecond)
	}
}

func pull(seq iter.Seq2[string, error]) error {
	next, stop := iter.Pull2(seq)
	defer stop()
	for {
		s, err, ok := next()
		if !ok || s == "" {
			return err
		}
	}
}

func forever(yield func(int) bool) {
	for i := 0; yield(i); i++ {
	}
}

func nested() {
	for a := range forever {
		for b := range forever {
			if a > b {
				return
			}
			func() {
				for c := range forever {
					if c > 1 {
						return
					}
					defer recover()
				}
			}()
		}
	}
}

func recursive(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		if n > 0 {
			for v := range recursive(n - 1) {
				if !yield(v) {
					return
				}
			}
		}
		yield(n)
	}
}
