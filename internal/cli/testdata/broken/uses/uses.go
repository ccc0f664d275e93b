// Package uses depends on a broken package.
package uses

import (
	"time"

	"example.com/broken/types"
)

// Nap sleeps.
func Nap() {
	types.Undefined()
	time.Sleep(5)
}
