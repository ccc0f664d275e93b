package lib

import "context"

func askGood(ctx context.Context, inbox chan<- askReqGood, k string) (int, error) {
	r := askReqGood{k: k, reply: make(chan int, 1)} // actor's send can never block
	select {
	case inbox <- r:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case v := <-r.reply:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// askReqGood is a question to the actor.
type askReqGood struct {
	k     string
	reply chan int
}

// actorGood answers questions one at a time.
func actorGood(inbox <-chan askReqGood) {
	for r := range inbox {
		r.reply <- len(r.k)
	}
}
