package lib

import (
	"context"
	"testing"
	"time"
)

func TestFlushBad(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	go flushGood(ctx) // not joined: may log/run after the test
	time.Sleep(1100 * time.Millisecond)
	cancel()
}
