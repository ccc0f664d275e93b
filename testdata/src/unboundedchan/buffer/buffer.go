// Package buffer makes channels of odd sizes and fills them too early.
package buffer

import "context"

type event struct{ id int }

const plenty = 1 << 17

var events = make(chan event, plenty) // want "a buffer of 131072 elements is no bound in practice"

type named chan event

type hub struct{ out named }

func newHub() *hub {
	return &hub{out: make(named, 65536)} // want "a buffer of 65536 elements"
}

type page struct{ data [1 << 15]byte }

func pages() chan page {
	return make(chan page, 4096) // want "a buffer of 4096 elements of 32768 bytes"
}

func generic[T any]() chan T {
	return make(chan T, 100_000) // want "a buffer of 100000 elements"
}

func moderate() chan event { return make(chan event, 65535) }

func sized(n int) chan event { return make(chan event, n) }

func slices() []event { return make([]event, 1<<20) }

func overfull(parts []string, check func(string) error) error {
	errs := make(chan error, 4)
	for _, p := range parts {
		errs <- check(p) // want "errs is sent to, more than the 4 that it holds, before anybody can receive"
	}
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func overfullByCount() int {
	c := make(chan int, 2)
	for i := 0; i < 3; i++ {
		c <- i // want "c is sent to, more than the 2 that it holds"
	}
	return <-c
}

func overfullInARow() int {
	c := make(chan int, 1)
	c <- 1
	c <- 2 // want "c is sent to, more than the 1 that it holds"
	return <-c
}

func overfullBeforeWorker(jobs []string, do func(string)) {
	work := make(chan string, 16)
	for _, j := range jobs {
		work <- j // want "work is sent to, more than the 16 that it holds"
	}
	close(work)
	go func() {
		for j := range work {
			do(j)
		}
	}()
}

func workerFirst(jobs []string, do func(string)) {
	work := make(chan string, 16)
	go func() {
		for j := range work {
			do(j)
		}
	}()
	for _, j := range jobs {
		work <- j
	}
	close(work)
}

func exact(parts []string, check func(string) error) error {
	errs := make(chan error, len(parts))
	for _, p := range parts {
		errs <- check(p)
	}
	return <-errs
}

func exactCount() int {
	c := make(chan int, 3)
	for i := 0; i < 3; i++ {
		c <- i
	}
	return <-c
}

func looksFirst(parts []string) chan string {
	c := make(chan string, 4)
	for _, p := range parts {
		if len(c) == cap(c) {
			break
		}
		c <- p
	}
	return c
}

func drops(parts []string) chan string {
	c := make(chan string, 4)
	for _, p := range parts {
		select {
		case c <- p:
		default:
		}
	}
	return c
}

func takesInTurn(parts []string) (n int) {
	c := make(chan string, 1)
	for _, p := range parts {
		c <- p
		n += len(<-c)
	}
	return n
}

func once(parts []string) string {
	c := make(chan string, 1)
	for _, p := range parts {
		if p != "" {
			c <- p
			break
		}
	}
	return <-c
}

func handedOn(ctx context.Context, parts []string, start func(context.Context, <-chan string)) {
	c := make(chan string, 1)
	start(ctx, c)
	for _, p := range parts {
		c <- p
	}
}
