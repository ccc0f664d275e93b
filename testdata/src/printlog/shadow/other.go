package shadow

import "fmt"

func alias(slog int, err error) {
	fmt.Println("failed:", err, slog) // want `use slog.Error`
}
