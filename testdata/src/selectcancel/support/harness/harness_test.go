package harness

import (
	"context"
	"testing"
	"time"
)

func TestSettle(t *testing.T) {
	func(ctx context.Context) {
		time.Sleep(time.Second) // want "\\(sleep-ignores-ctx\\)"
	}(context.Background())
}
