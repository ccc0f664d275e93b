// Package zapsink has a zap.Logger.
package zapsink

import (
	"fmt"
	"log"

	"go.uber.org/zap"
)

type store struct {
	path string
	lg   *zap.Logger
}

func (s *store) save(err error) {
	fmt.Println("save failed:", s.path, err) // want `use s.lg.Error`
}

func load(logger *zap.Logger, n int) {
	log.Printf("loaded %d", n)                      // want `use logger.Info`
	log.Println("loaded", zap.Int("n", n))          // want `formats the field zap.Int`
	fmt.Println("loaded", n, zap.Int("remains", n)) // want `formats the field zap.Int`
}

type lazy struct{ lg *zap.Logger }

func (l *lazy) save(err error) {
	if l.lg != nil {
		l.lg.Info("saving")
	}
	fmt.Println("save failed:", err) // want `use l.lg.Error`
}
