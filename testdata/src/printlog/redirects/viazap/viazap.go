// Package viazap lets zap print what the standard logger is told.
package viazap

import (
	"log"

	"go.uber.org/zap"
)

func start(lg *zap.Logger) func() { return zap.RedirectStdLog(lg) }

func save(err error) {
	log.Println("save failed:", err) // want `log.Println in save goes to the global std logger, but this package logs with zap`
}
