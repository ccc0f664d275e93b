package lib

import (
	"sync/atomic"
	"time"
)

func awaitBad(ready *atomic.Bool) {
	for !ready.Load() {
		time.Sleep(100 * time.Millisecond) // poll: latency or CPU, and no cancellation
	}
}
