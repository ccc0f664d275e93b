package selects

import (
	"context"
	"os"
	"os/signal"
	"time"
)

func hears(ctx context.Context, a, b <-chan int) int {
	select {
	case v := <-a:
		return v
	case v := <-b:
		return v
	case <-ctx.Done():
		return 0
	}
}

func hearsDerived(ctx context.Context, a, b <-chan int) int {
	sub, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	select {
	case v := <-a:
		return v
	case v := <-b:
		return v
	case <-sub.Done():
		return 0
	}
}

type closer struct {
	in   chan int
	over chan struct{}
}

func (c *closer) Close() { close(c.over) }

// A channel that is only ever closed ends things whatever its name is.
func (c *closer) run(ctx context.Context) {
	for {
		select {
		case v := <-c.in:
			println(v)
		case <-c.over:
			return
		}
	}
}

type sent struct {
	in   chan int
	stop chan chan struct{}
}

func (s *sent) Stop() {
	done := make(chan struct{})
	s.stop <- done
	<-done
}

func (s *sent) run(ctx context.Context) {
	for {
		select {
		case v := <-s.in:
			println(v)
		case done := <-s.stop:
			close(done)
			return
		}
	}
}

type leader struct{ done chan struct{} }

func (l *leader) ShuttingDown() <-chan struct{} { return l.done }

func accessor(ctx context.Context, l *leader, in chan int) {
	select {
	case <-in:
	case <-l.ShuttingDown():
	}
}

type base struct{ gone chan struct{} }

func (b *base) end() { close(b.gone) }

type client struct {
	base
	in chan int
}

func (c *client) read(ctx context.Context) {
	select {
	case <-c.in:
	case <-c.gone:
	}
}

func poll(ctx context.Context, in chan int) {
	select {
	case <-in:
	default:
	}
}

// Somebody who hears the context promised the answer.
func promised(ctx context.Context, work func(context.Context) (int, error)) (int, error) {
	res, errs := make(chan int), make(chan error)
	go func() {
		v, err := work(ctx)
		if err != nil {
			errs <- err
			return
		}
		res <- v
	}()
	select {
	case v := <-res:
		return v, nil
	case err := <-errs:
		return 0, err
	}
}

func shutdown(ctx context.Context, a, b chan int) {
	select {
	case <-a:
	case <-b:
	}
}

func behind(ctx context.Context, a, b chan int) {
	<-ctx.Done()
	select {
	case <-a:
	case <-b:
	}
}

func main() {
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs, os.Interrupt)
	in := make(chan int)
	select {
	case <-sigs:
	case <-in:
	}
}

func signals(ctx context.Context, sigs chan os.Signal, in chan int) {
	select {
	case <-sigs:
	case <-in:
	}
}

// The ticker turns the loop, and each turn asks the context.
func asks(ctx context.Context, in chan int) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for ctx.Err() == nil {
		select {
		case v := <-in:
			println(v)
		case <-t.C:
		}
	}
}

// A nil channel switches its case off; the stop case stays.
func machine(ctx context.Context, in <-chan int, out chan<- int) {
	done := ctx.Done()
	var queue []int
	for {
		var to chan<- int
		first := 0
		if len(queue) > 0 {
			to, first = out, queue[0]
		}
		select {
		case v := <-in:
			queue = append(queue, v)
		case to <- first:
			queue = queue[1:]
		case <-done:
			return
		}
	}
}
