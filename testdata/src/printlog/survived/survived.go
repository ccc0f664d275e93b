// Package survived prints next to handlers of panics, not in them.
package survived

import (
	"fmt"
	"log"
	"log/slog"
)

type reader struct{ lg *slog.Logger }

func (r *reader) loop(step func() error) {
	defer func() {
		if v := recover(); v != nil {
			r.lg.Error("reader crashed", "panic", v)
		}
	}()
	if err := step(); err != nil {
		log.Println("step failed:", err) // want `log.Println in reader.loop goes to the global std logger, but this package logs with slog; use r.lg.Error`
	}
}

func (r *reader) close(err error) {
	defer recover()
	fmt.Println("close failed:", err) // want `fmt.Println in reader.close prints to stdout, where no caller can route it; use r.lg.Error`
}
