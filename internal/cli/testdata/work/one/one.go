// Package one sleeps.
package one

import "time"

// Nap sleeps.
func Nap() { time.Sleep(5) }
