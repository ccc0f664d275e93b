package sleep

import (
	"context"
	"time"
)

func patient(ctx context.Context, try func(context.Context) error) (err error) {
	for i := range 10 {
		if err = try(ctx); err == nil {
			return nil
		}
		select {
		case <-time.After(time.Second << i):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}

// Shorter than anybody notices.
func short(ctx context.Context) {
	time.Sleep(10 * time.Millisecond)
	<-time.After(20 * time.Millisecond)
}

// Nothing to listen to.
func plain() {
	time.Sleep(time.Second)
	<-time.After(time.Second)
}

func unnamed(_ context.Context) {
	time.Sleep(time.Second)
}

// The context has ended: this is the grace period.
func grace(ctx context.Context) {
	<-ctx.Done()
	time.Sleep(time.Second)
}

func graceInCase(ctx context.Context, in chan int) {
	select {
	case <-ctx.Done():
		time.Sleep(time.Second)
	case <-in:
	}
}

func cleanup(ctx context.Context) {
	time.Sleep(time.Second)
}

func deferred(ctx context.Context) {
	defer time.Sleep(time.Second)
	defer func() { time.Sleep(time.Second) }()
	use(ctx)
}

// The drain of a timer that has fired never waits.
func drain(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	use(ctx)
	if !t.Stop() {
		<-t.C
	}
}

// A method that sleeps once is not a loop that should hear its owner's end.
func (p *poller) once() {
	time.Sleep(time.Second)
}

// Each tick looks at the context.
func looksEachTick(ctx context.Context, poll func()) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for range t.C {
		if ctx.Err() != nil {
			return
		}
		poll()
	}
}

func spawns(ctx context.Context) {
	use(ctx)
}

func maybe(long bool) {
	if long {
		time.Sleep(time.Minute)
	}
}

func callsMaybe(ctx context.Context) {
	maybe(false)
	use(ctx)
}

// A clock from elsewhere is the owner's business.
func injected(ctx context.Context, fired <-chan time.Time) {
	<-fired
	use(ctx)
}

// A timer of no duration fires at once: this is how one gets a stopped timer.
func stoppedTimer(ctx context.Context, again func(*time.Timer)) {
	t := time.NewTimer(0)
	<-t.C
	use(ctx)
	again(t)
}

type conn struct{ fd int }

// Closing waits until the peer has read the answer: that is the point.
func (c *conn) closeAndWait() {
	c.fd = -1
	time.Sleep(500 * time.Millisecond)
}

func serves(ctx context.Context, c *conn) {
	use(ctx)
	c.closeAndWait()
}

// The starter does not wait for the sleep any longer than its context lasts.
func watched(ctx context.Context) int {
	res := make(chan int, 1)
	go func() {
		time.Sleep(3 * time.Second)
		res <- 1
	}()
	select {
	case v := <-res:
		return v
	case <-ctx.Done():
		return 0
	}
}
