// Package testutil is for tests only: level default leaves it alone.
package testutil

import (
	"context"
	"time"
)

// Settle waits until the system under test has calmed down.
func Settle(ctx context.Context) {
	time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
}
