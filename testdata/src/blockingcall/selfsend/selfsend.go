// Package selfsend holds loops that talk to themselves.
package selfsend

type loop struct {
	in    chan int
	retry chan int
	quit  chan struct{}
}

func start() *loop {
	l := &loop{in: make(chan int), retry: make(chan int), quit: make(chan struct{})}
	go l.run()
	return l
}

func (l *loop) run() {
	for {
		select {
		case n := <-l.in:
			if n < 0 {
				l.retry <- n // want "this send on l.retry waits for ever: only this loop itself receives from it .on line 23."
			}
		case n := <-l.retry:
			l.again(n)
		case <-l.quit:
			return
		}
	}
}

func (l *loop) again(n int) {
	if n > 0 {
		l.retry <- n - 1 // want "this send on l.retry waits for ever"
	}
}

func (l *loop) put(n int) { l.in <- n }

func (l *loop) stop() { close(l.quit) }

func local(quit <-chan struct{}) {
	again := make(chan int)
	for {
		select {
		case n := <-again:
			again <- n + 1 // want "this send on again waits for ever"
		case <-quit:
			return
		}
	}
}

func ranged() {
	next := make(chan int)
	go func() {
		for n := range next {
			next <- n + 1 // want "this send on next waits for ever"
		}
	}()
}

// Two calls deep, and through a method that others call, too.

type bus struct {
	events chan int
	quit   chan struct{}
}

func startBus() *bus {
	b := &bus{events: make(chan int), quit: make(chan struct{})}
	go b.run()
	return b
}

func (b *bus) Publish(n int) { b.events <- n } // want "this send on b.events waits for ever"

func (b *bus) run() {
	for {
		select {
		case n := <-b.events:
			b.handle(n)
		case <-b.quit:
			return
		}
	}
}

func (b *bus) handle(n int) {
	if n > 0 {
		b.Publish(n - 1)
	}
}

func (b *bus) Close() { close(b.quit) }

// The next stage of a pipeline is another object of the same type.

type stage struct {
	in   chan int
	next *stage
}

func newStage(next *stage) *stage {
	s := &stage{in: make(chan int), next: next}
	go s.run()
	return s
}

func (s *stage) put(n int) { s.in <- n }

func (s *stage) run() {
	for n := range s.in {
		if s.next != nil {
			s.next.put(n)
			s.next.in <- n
		}
	}
}

// What is fine: room, a goroutine, another receiver, a select.

func roomy(quit <-chan struct{}) {
	again := make(chan int, 1)
	for {
		select {
		case n := <-again:
			again <- n + 1
		case <-quit:
			return
		}
	}
}

func spawned(quit <-chan struct{}) {
	again := make(chan int)
	for {
		select {
		case n := <-again:
			go func() { again <- n + 1 }()
		case <-quit:
			return
		}
	}
}

func shared(quit <-chan struct{}) {
	again := make(chan int)
	go func() { <-again }()
	for {
		select {
		case n := <-again:
			again <- n + 1
		case <-quit:
			return
		}
	}
}

func offered(quit <-chan struct{}) {
	again := make(chan int)
	for {
		select {
		case n := <-again:
			select {
			case again <- n:
			default:
			}
		case <-quit:
			return
		}
	}
}

func twins() {
	c := make(chan int)
	for range 2 {
		go func() {
			for n := range c {
				c <- n + 1
			}
		}()
	}
}

func outOfView(quit <-chan struct{}, give func(chan int)) {
	again := make(chan int)
	give(again)
	for {
		select {
		case n := <-again:
			again <- n + 1
		case <-quit:
			return
		}
	}
}
