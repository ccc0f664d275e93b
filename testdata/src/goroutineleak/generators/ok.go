package generators

import "context"

func withContext(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch
}

func all(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i
		}
	}()
	return ch
}

func sum(n int) (s int) {
	for v := range all(n) {
		s += v
	}
	return s
}

func skipping(n int) (s int) {
	for v := range all(n) {
		if v%2 == 0 {
			continue
		}
		s += v
	}
	return s
}
