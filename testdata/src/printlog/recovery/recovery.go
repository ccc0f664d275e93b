// Package recovery leaves a trace of panics that it survives.
package recovery

import (
	"fmt"
	"log"
	"log/slog"
	"os"
	"runtime/debug"
)

type reader struct{ lg *slog.Logger }

func (r *reader) loop(step func() error) {
	defer func() {
		if v := recover(); v != nil {
			log.Printf("reader crashed: %v\n%s", v, debug.Stack()) // want `log.Printf in reader.loop goes to the global std logger`
		}
	}()
	for step() == nil {
	}
}

func (r *reader) rescue(errp *error) {
	v := recover()
	if v == nil {
		return
	}
	fmt.Fprintf(os.Stderr, "reader crashed: %v\n%s", v, debug.Stack()) // want `fmt.Fprintf in reader.rescue prints to stderr, where no caller can route it`
	*errp = fmt.Errorf("reader: %v", v)
}
