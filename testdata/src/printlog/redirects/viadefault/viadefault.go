// Package viadefault redirects the standard logger through its methods.
package viadefault

import (
	"io"
	"log"
	"log/slog"
)

func start(w io.Writer) {
	std := log.Default()
	std.SetOutput(w)
	slog.Info("started")
}

func save(err error) {
	log.Println("save failed:", err) // want `log.Println in save goes to the global std logger, but this package logs with slog`
}
