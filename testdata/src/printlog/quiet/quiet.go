// Package quiet knows no structured logger: only level strict minds.
package quiet

import "log"

func save(err error) {
	log.Println("save failed:", err) // want `log.Println in save goes to the global std logger, which no caller can route; use slog.Error`
}
