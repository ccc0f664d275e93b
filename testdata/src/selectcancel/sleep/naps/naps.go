// Package naps sleeps for whoever calls it.
package naps

import "time"

// BackOff sleeps, whatever happens.
func BackOff(n int) { pause(time.Duration(n) * time.Second) }

func pause(d time.Duration) { time.Sleep(d) }

// Retry sleeps if it has to.
func Retry(try func() bool) {
	if try() {
		return
	}
	time.Sleep(time.Second)
}

// Clock is a clock of its own.
type Clock interface {
	After(time.Duration) <-chan time.Time
}
