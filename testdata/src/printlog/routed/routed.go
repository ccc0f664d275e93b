// Package routed prints through the standard logger, which ends up in slog.
package routed

import (
	"log"
	"log/slog"

	"printlog/routed/setup"
)

func save(err error) {
	setup.Init()
	slog.Info("saving")
	log.Println("save failed:", err) // want `log.Println in save goes to the global std logger, but this package logs with slog; use slog.Error`
}
