// Package dep sleeps, but facts do not speak of it.
package dep

import "time"

// Nap sleeps.
func Nap() { time.Sleep(5) }
