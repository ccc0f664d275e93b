package busy

import (
	"context"
	"sync/atomic"
	"time"
)

// Once a second costs nothing; that the sleep hears no context, selectcancel says.
func slowly(ctx context.Context, open *atomic.Int64) {
	for open.Load() > 0 {
		time.Sleep(time.Second)
	}
}

func quickly(ctx context.Context, open *atomic.Int64) {
	for open.Load() > 0 { // want "this loop polls open.Load.. > 0 every 10ms"
		time.Sleep(10 * time.Millisecond)
	}
}

func slowlyAnyway(open *atomic.Int64) {
	for open.Load() > 0 { // want "this loop polls open.Load.. > 0 every 1s"
		time.Sleep(time.Second)
	}
}
