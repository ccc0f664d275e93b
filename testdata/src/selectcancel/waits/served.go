package waits

import "context"

type stream struct{ handlers map[string]handler }

type handler func(ctx context.Context, in <-chan int, out chan<- int) error

// Register keeps h; whoever calls it drains what it sends.
func (s *stream) Register(name string, h handler) { s.handlers[name] = h }

type server struct{}

func (s *server) doubles(ctx context.Context, in <-chan int, out chan<- int) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case v := <-in:
			out <- 2 * v
		}
	}
}

func (s *server) register(on *stream) { on.Register("doubles", s.doubles) }

// Called here and nowhere else in view.
func (s *server) triples(ctx context.Context, in <-chan int, out chan<- int) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case v := <-in:
			out <- 3 * v // want `the send on out cannot be ended by ctx`
		}
	}
}

// The goroutine has nothing else to do, and nobody waits for it.
func (r *reporter) later(ctx context.Context, e string) {
	if ctx.Err() == nil {
		go func() { r.events <- e }()
	}
}

// A rotation that is only ever started, and is given what stops it.
func rotate(stop <-chan struct{}, ticks <-chan int, keys chan<- int) {
	for {
		select {
		case t := <-ticks:
			keys <- t // want `the send on keys cannot be ended by stop`
		case <-stop:
			return
		}
	}
}

// Keys starts a rotation.
func Keys(stop <-chan struct{}, ticks <-chan int, keys chan<- int) {
	go rotate(stop, ticks, keys)
}
