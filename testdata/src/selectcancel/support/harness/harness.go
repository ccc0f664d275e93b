// Package harness imports testing outside tests.
package harness

import (
	"context"
	"testing"
	"time"
)

// Settle waits until the system under test has calmed down.
func Settle(t testing.TB, ctx context.Context) {
	t.Helper()
	time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
}
