package reply

import "context"

type subscribe struct{ to chan int }

type ticker struct {
	subs  chan subscribe
	feed  chan int
	known []chan int
}

// Follow gets many values, not one answer: room for one would not help.
func (t *ticker) Follow(ctx context.Context) {
	to := make(chan int)
	t.subs <- subscribe{to}
	for {
		select {
		case v := <-to:
			println(v)
		case <-ctx.Done():
			return
		}
	}
}

func (t *ticker) run() {
	for {
		select {
		case s := <-t.subs:
			s.to <- 0
		case <-t.feed:
		}
	}
}

type lookup struct{ to chan int }

type lookups struct{ reqs chan lookup }

// Each asks anew at every turn, and leaves with the answer.
func (l *lookups) Each(ctx context.Context) {
	for range 3 {
		to := make(chan int) // want "if the requester leaves first, lookups.run waits for ever to send on r.to"
		l.reqs <- lookup{to}
		select {
		case v := <-to:
			println(v)
		case <-ctx.Done():
			return
		}
	}
}

func (l *lookups) run() {
	for r := range l.reqs {
		r.to <- 1
	}
}

// The watcher says once that it is over, and is over.
func watchFile(ctx context.Context, changes <-chan int, failed chan<- error) {
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-changes:
			if c < 0 {
				failed <- context.Canceled
				return
			}
		}
	}
}

func watches(ctx context.Context, changes <-chan int) error {
	failed := make(chan error)
	go watchFile(ctx, changes, failed)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}
