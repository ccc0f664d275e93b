package unrouted

import (
	"log/slog"
	"testing"
)

func TestSave(t *testing.T) { slog.SetDefault(slog.Default()) }
