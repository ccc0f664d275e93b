// Package unrouted sets the standard logger up, but no structured one receives it.
package unrouted

import (
	"log"
	"log/slog"
	"os"
)

type store struct{ lg *slog.Logger }

func (s *store) start() {
	log.SetFlags(log.Lmicroseconds)
	log.SetOutput(os.Stderr)
	slog.SetLogLoggerLevel(slog.LevelWarn)
}

func (s *store) save(err error) {
	defer func() { _ = s.lg }()
	log.Println("save failed:", err) // want `log.Println in store.save goes to the global std logger, but this package logs with slog; use s.lg.Error`
}
