// Package mixed has a logger of its own and prints with another.
package mixed

import (
	"log"
	"log/slog"
	"os"
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

// A logger of one's own on a standard stream.
var lg = log.New(os.Stderr, "mixed: ", log.LstdFlags)

func miss(key string) {
	lg.Printf("miss %s", key) // want `log.Logger.Printf in miss goes to a std logger of its own, but this package logs with slog; use slog.Info`
}

func watch(run func(func(string, ...any))) {
	run(log.Printf) // want `log.Printf in watch is handed on and prints to the global std logger, which no caller can route; hand on slog.Info`
}
