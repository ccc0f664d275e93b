// Package redirects sends the standard logger to its own.
package redirects

import (
	"io"
	"log"

	"github.com/rs/zerolog"
)

type sink struct {
	io.Writer
	z zerolog.Logger
}

func (s *sink) start() {
	log.SetFlags(0)
	log.SetOutput(s)
}

func (s *sink) save(err error) {
	log.Println("save failed:", err) // want `log.Println in sink.save goes to the global std logger, but this package logs with zerolog`
}
