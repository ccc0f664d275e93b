// Package beyond has its lines routed by a package it never heard of.
package beyond

import (
	"log"
	"log/slog"

	"printlog/routed/far"
)

func save(err error) {
	far.Start()
	slog.Info("saving")
	log.Println("save failed:", err) // want `log.Println in save goes to the global std logger, but this package logs with slog; use slog.Error`
}
