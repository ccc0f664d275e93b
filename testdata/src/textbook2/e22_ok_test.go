package lib

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestFlushGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		go flushGood(ctx)
		time.Sleep(1100 * time.Millisecond) // fake clock: instant and exact
		cancel()
		synctest.Wait() // the bubble fails if a goroutine is left
	})
}
