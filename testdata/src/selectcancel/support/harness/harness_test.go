package harness

import (
	"context"
	"testing"
	"time"
)

func TestSettle(t *testing.T) {
	func(ctx context.Context) {
		time.Sleep(time.Second) // want `time\.Sleep cannot be cut short by ctx`
	}(context.Background())
}
