// Package mixed has a logger of its own and prints with another.
package mixed

import (
	"log"
	"log/slog"
)

type store struct {
	log  *slog.Logger
	path string
}

func (s *store) save(err error) {
	log.Printf("saving %s: %v", s.path, err) // want `log.Printf in store.save goes to the global std logger, but this package logs with slog; use s.log.Error`
	log.Default().Println("path", s.path)    // want `log.Logger.Println in store.save goes to the global std logger`
	l := log.Default()
	l.Print("path ", s.path) // want `log.Logger.Print in store.save goes to the global std logger`
}
