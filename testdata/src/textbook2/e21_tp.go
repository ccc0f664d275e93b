package lib

import (
	"runtime"
	"sync/atomic"
)

func initBad(ready *atomic.Bool) {
	runtime.GOMAXPROCS(runtime.NumCPU()) // go>=1.25: overrides the cgroup-aware default, stops updates
	for !ready.Load() {
		runtime.Gosched() // spin
	}
}
