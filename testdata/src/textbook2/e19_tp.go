package lib

import (
	"context"
	"time"
)

func flushBad() (stop func()) {
	t := time.NewTicker(time.Second)
	go func() {
		for range t.C { // Stop does not close C: this goroutine never ends
			audit(context.Background())
		}
	}()
	return t.Stop
}
