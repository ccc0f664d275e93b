package selects

import (
	"context"
	"net/http"
	"time"
)

type subscription struct{ errs chan error }

// Err is closed when the subscription ends.
func (s *subscription) Err() <-chan error { return s.errs }

// The subscriber's goroutine ends with the subscription.
func notifies(ctx context.Context, s *subscription, heads chan int, notify func(int)) {
	go func() {
		for {
			select {
			case h := <-heads:
				notify(h)
			case <-s.Err():
				return
			}
		}
	}()
	use(ctx)
}

// Here an error only counts as one.
func counts(ctx context.Context, s *subscription, heads chan int) (n int) {
	use(ctx)
	for {
		select { // want `this select waits for heads and s\.Err\(\) but cannot hear ctx`
		case h := <-heads:
			if h == 0 {
				return n
			}
		case <-s.Err():
			n++
		}
	}
}

var use = func(context.Context) {}

type bus interface {
	Subscribe(ctx context.Context, topic string) (<-chan string, <-chan error)
}

// Who was given the context ends the channels with it.
func follows(ctx context.Context, b bus) error {
	msgs, errs := b.Subscribe(ctx, "x")
	for {
		select {
		case m := <-msgs:
			println(m)
		case err := <-errs:
			return err
		}
	}
}

// This one was not.
type deafBus interface {
	Subscribe(topic string) (<-chan string, <-chan error)
}

func followsDeaf(ctx context.Context, b deafBus) error {
	msgs, errs := b.Subscribe("x")
	use(ctx)
	for {
		select { // want `this select waits for msgs and errs but cannot hear ctx`
		case m := <-msgs:
			println(m)
		case err := <-errs:
			return err
		}
	}
}

// The goroutine is told to end by closing the channel of intervals.
func watches(ctx context.Context, intervals <-chan time.Duration, more chan int, poll func(context.Context)) {
	go func() {
		for {
			select {
			case d, ok := <-intervals:
				if !ok {
					return
				}
				println(d)
			case <-more:
				poll(ctx)
			}
		}
	}()
}

// Whoever calls this waits for it.
func watchesHere(ctx context.Context, intervals <-chan time.Duration, more chan int, poll func(context.Context)) {
	for {
		select { // want `this select waits for intervals and more but cannot hear ctx`
		case d, ok := <-intervals:
			if !ok {
				return
			}
			println(d)
		case <-more:
			poll(ctx)
		}
	}
}

// The method is only ever started, and lives on a ticker and what it is told.
func (h *hub) start(ctx context.Context, intervals <-chan time.Duration) {
	go h.ticks(ctx, intervals)
}

func (h *hub) ticks(ctx context.Context, intervals <-chan time.Duration) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case d, ok := <-intervals:
			if !ok {
				return
			}
			t.Reset(d)
		case <-t.C:
			use(ctx)
		}
	}
}

// What is returned lives on after the call; so does the goroutine behind it.
func feed(ctx context.Context, h *hub) <-chan int {
	use(ctx)
	out := make(chan int)
	go func() {
		for {
			select {
			case v := <-h.in:
				println(v)
			case out <- 1:
			}
		}
	}()
	return out
}

// Nothing is returned: the goroutine works for the call.
func feeds(ctx context.Context, h *hub) {
	use(ctx)
	go func() {
		for {
			select { // want `this select waits for h\.in and h\.out but cannot hear ctx`
			case v := <-h.in:
				println(v)
			case h.out <- 1:
			}
		}
	}()
}

type events struct{ on func() }

// OnChange keeps f.
func (e *events) OnChange(f func()) { e.on = f }

func registers(w http.ResponseWriter, r *http.Request, e *events, h *hub) {
	e.OnChange(func() {
		select {
		case <-h.in:
		case h.out <- 1:
		}
	})
}
