package waits

import "context"

func pumps(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			select {
			case out <- v * v:
			case <-ctx.Done():
				return
			}
		}
	}
}

type buffered struct{ events chan string }

func newBuffered() *buffered { return &buffered{make(chan string, 16)} }

func (b *buffered) serve(ctx context.Context) {
	for {
		select {
		case e := <-b.events:
			println(e)
		case <-ctx.Done():
			return
		}
	}
}

func (b *buffered) commit(ctx context.Context, e string) {
	if ctx.Err() == nil {
		b.events <- e
	}
}

// One receiver goes on until the channel is closed.
type drained struct{ events chan string }

func newDrained() *drained { return &drained{make(chan string)} }

func (d *drained) serve(ctx context.Context) {
	for {
		select {
		case e := <-d.events:
			println(e)
		case <-ctx.Done():
			for e := range d.events {
				println(e)
			}
			return
		}
	}
}

func (d *drained) commit(ctx context.Context, e string) {
	if ctx.Err() == nil {
		d.events <- e
	}
}

// The sender has nothing to listen to.
func (r *reporter) plain(e string) {
	r.events <- e
}

func (r *reporter) behind(ctx context.Context) {
	<-ctx.Done()
	r.events <- "bye"
}

// What the loop receives it gives back to whoever asked.
type request struct{ reply chan int }

func answers(ctx context.Context, reqs <-chan request) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-reqs:
			r.reply <- 1
		}
	}
}

// The coordinator goes on until every worker has said that it has left.
type coordinator struct {
	results chan int
	left    chan struct{}
}

func newCoordinator() *coordinator {
	return &coordinator{make(chan int), make(chan struct{})}
}

func (c *coordinator) run(ctx context.Context, active int) {
	done := ctx.Done()
	for active > 0 {
		select {
		case <-done:
			done = nil
		case v := <-c.results:
			println(v)
		case <-c.left:
			active--
		}
	}
}

func (c *coordinator) work(ctx context.Context, in <-chan int) {
	defer func() { c.left <- struct{}{} }()
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			c.results <- v
		}
	}
}

func count(n int, res chan<- int) {
	sum := 0
	for i := range n {
		sum += i
	}
	res <- sum
}

// What the receive waits for comes to an end by itself.
func counts(ctx context.Context, n int) int {
	res := make(chan int)
	if ctx.Err() != nil {
		return 0
	}
	go count(n, res)
	return <-res
}

// A buffer in view has room.
func pollsBuffered(ctx context.Context, src []int) <-chan int {
	out := make(chan int, len(src))
	go func() {
		for _, p := range src {
			if ctx.Err() != nil {
				return
			}
			out <- p
		}
	}()
	return out
}

type fixed struct{ out chan int }

func newFixed() *fixed { return &fixed{make(chan int, 8)} }

func (f *fixed) emit(ctx context.Context, src []int) {
	for _, p := range src {
		if ctx.Err() != nil {
			return
		}
		f.out <- p
	}
}

// The receiver goes on until the channel is closed.
func pollsReceived(ctx context.Context, src []int) (sum int) {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, p := range src {
			if ctx.Err() != nil {
				return
			}
			out <- p
		}
	}()
	for v := range out {
		sum += v
	}
	return sum
}

// Replies are awaited by whoever asked.
func pollsReplies(ctx context.Context, reqs []request) {
	for _, r := range reqs {
		if ctx.Err() != nil {
			return
		}
		r.reply <- 1
	}
}

// The loop claims nothing: it asks only to tell.
func tells(ctx context.Context, src []int, out chan<- int) {
	for _, p := range src {
		if ctx.Err() != nil {
			println("late")
		}
		out <- p
	}
}

// Room for the one error, beside a send that hears the end.
func roomForOne(ctx context.Context, run func() error, next func() int, out chan<- int) error {
	errs := make(chan error, 1)
	go func() {
		for {
			if err := run(); err != nil {
				select {
				case errs <- err:
				case <-ctx.Done():
				}
				return
			}
			break
		}
		errs <- nil
	}()
	return <-errs
}

// A channel made to measure.
func requeues(ctx context.Context, n int, try func(int) bool) {
	again := make(chan int, n)
	for i := range n {
		again <- i
	}
	for i := range n {
		if !try(i) {
			select {
			case again <- i:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Another channel of the same kind.
func twoOuts(ctx context.Context, a, b chan int) {
	select {
	case a <- 1:
	case <-ctx.Done():
		return
	}
	b <- 1
}
