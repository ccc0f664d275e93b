package lib

import (
	"context"
	"os/exec"
	"time"
)

func loopBad(ctx context.Context, in <-chan Job, beat *time.Ticker) {
	for {
		select {
		case <-in:
			exec.Command("git", "gc").Run() // minutes: no heartbeat, no ctx.Done, inbox fills
		case <-beat.C:
			audit(ctx)
		case <-ctx.Done():
			return
		}
	}
}
