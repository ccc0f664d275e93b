package lib

import "context"

func askBad(ctx context.Context, inbox chan<- askReqBad, k string) (int, error) {
	r := askReqBad{k: k, reply: make(chan int)} // cap 0
	inbox <- r                                  // actor gone => caller blocks for ever
	select {
	case v := <-r.reply:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err() // actor now blocks for ever in `r.reply <- v`
	}
}

// askReqBad is a question to the actor.
type askReqBad struct {
	k     string
	reply chan int
}

// actorBad answers questions one at a time.
func actorBad(inbox <-chan askReqBad) {
	for r := range inbox {
		r.reply <- len(r.k)
	}
}
