package operand

import "context"

type lazy struct {
	set  chan struct{}
	val  chan int
	once bool
}

// Get waits until the value was set for the first time.
func (l *lazy) Get() chan int {
	<-l.set
	return l.val
}

// The value is there: the function asked before.
func askedBefore(ctx context.Context, l *lazy, v int) {
	println(len(l.Get()))
	select {
	case l.Get() <- v:
	case <-ctx.Done():
	}
}

func notAsked(ctx context.Context, l *lazy, v int) {
	select {
	case l.Get() <- v: // want `l\.Get\(\) is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

type tokens struct{ ch chan int }

func newTokens(n int) *tokens {
	t := &tokens{ch: make(chan int, n)}
	for i := range n {
		t.ch <- i
	}
	return t
}

// Filling a channel that was made for it does not wait.
func fills(ctx context.Context, n int) {
	select {
	case <-newTokens(n).ch:
	case <-ctx.Done():
	}
}

func newBare(n int) *tokens {
	t := &tokens{ch: make(chan int)}
	for i := range n {
		t.ch <- i
	}
	return t
}

func stuck(ctx context.Context, n int) {
	select {
	case <-newBare(n).ch: // want `newBare\(\) is evaluated before the select can look at ctx\.Done\(\)`
	case <-ctx.Done():
	}
}

type batches struct {
	ctx  context.Context
	in   chan int
	next chan int
}

func (b *batches) load() int {
	if b.ctx.Err() != nil {
		return 0
	}
	return <-b.in
}

// What the operand calls looks at the context itself.
func (b *batches) loop() {
	for {
		select {
		case <-b.ctx.Done():
			return
		case b.next <- b.load():
		}
	}
}
