// Package good is fine.
package good

import "time"

// Nap sleeps.
func Nap() { time.Sleep(5) }
