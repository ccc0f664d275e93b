package lib

import (
	"context"
	"os/exec"
	"time"
)

func loopGood(ctx context.Context, in <-chan Job, beat *time.Ticker) error {
	var done chan error // nil: case disabled
	for {
		next := in
		if done != nil {
			next = nil // one blocking job at a time: back-pressure through the inbox
		}
		select {
		case <-next:
			c := make(chan error, 1)
			done = c
			go func() { c <- exec.CommandContext(ctx, "git", "gc").Run() }()
		case <-done:
			done = nil
		case <-beat.C:
			audit(ctx)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
