// Package fixes has something to fix.
package fixes

import "time"

// Nap sleeps.
func Nap() {
	time.Sleep(5)
	time.Sleep(time.Second)
}
