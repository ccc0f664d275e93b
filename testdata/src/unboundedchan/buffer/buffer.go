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

func byVariable() chan event {
	room := 200_000
	return make(chan event, room) // want "a buffer of 200000 elements"
}

func byOneOfTwo(small bool) chan event {
	room := 200_000
	if small {
		room = 2
	}
	return make(chan event, room)
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

type span struct{ id uint64 }

type trace struct{ subscribers []chan span }

func (t *trace) subscribe() chan span {
	c := make(chan span, 100_000)
	t.subscribers = append(t.subscribers, c)
	return c
}

// publish drops what finds no room: nobody waits, and nothing piles up.
func (t *trace) publish(s span) {
	for _, c := range t.subscribers {
		select {
		case c <- s:
		default:
		}
	}
}

type note struct{ text string }

type noter struct{ notes chan *note }

func newNoter() *noter {
	return &noter{notes: make(chan *note, 100_000)}
}

func (n *noter) note(s string) {
	select {
	case n.notes <- &note{s}:
	default:
	}
}

func (n *noter) run(save func(*note)) {
	for v := range n.notes {
		save(v)
	}
}

type waiter struct{ notes chan **note }

func newWaiter() *waiter {
	return &waiter{notes: make(chan **note, 100_000)} // want "a buffer of 100000 elements"
}

func (n *waiter) note(v **note, quit <-chan struct{}) {
	select {
	case n.notes <- v:
	case <-quit:
	}
}

func (n *waiter) run(save func(**note)) {
	for v := range n.notes {
		save(v)
	}
}

// heavy is 48 MB from the start, whatever is dropped.
type heavy struct{ pages chan [480]byte }

func newHeavy() *heavy {
	return &heavy{pages: make(chan [480]byte, 100_000)} // want "a buffer of 100000 elements"
}

func (h *heavy) put(p [480]byte) {
	select {
	case h.pages <- p:
	default:
	}
}

// Senders never block: the room is for one burst, 8 MB at most.
func considered() chan uint64 {
	// One million numbers are 8 MB.
	return make(chan uint64, 1_000_000)
}

// Large enough that senders never block.
func careless() chan uint64 {
	return make(chan uint64, 1_000_000) // want "a buffer of 1000000 elements"
}

type group struct {
	limit int
	rules []string
}

// run fills a channel whose capacity is a number of its own.
func (g *group) run(each func(string) int) (total int) {
	sem := make(chan struct{}, g.limit)
	sums := make(chan int, len(g.rules)*2)
	done := make(chan struct{}, len(g.rules))
	for _, r := range g.rules {
		sem <- struct{}{}
		go func() {
			sums <- each(r)
			<-sem
			done <- struct{}{}
		}()
	}
	for range g.rules {
		<-done
	}
	close(sums)
	for n := range sums {
		total += n
	}
	return total
}

// trigger knows that there are at least as many readers as blocks.
func trigger(readers []func(), blocks int) {
	c := make(chan bool, len(readers))
	for i := 0; i < blocks; i++ {
		c <- true
	}
	close(c)
	for range c {
	}
}
