// Package shadow uses the names a fix would need for other things.
package shadow

import (
	"fmt"
	"log"
	"log/slog"
)

func parameter(slog string, err error) {
	fmt.Println("failed:", err) // want `use slog.Error`
}

func context(ctx int, err error) {
	log.Println("failed:", err) // want `use slog.Error`
}

func later(err error) {
	fmt.Println("failed:", err) // want `use slog.Error`
	slog := 1
	_ = slog
}

func keep() { slog.Info("x") }
