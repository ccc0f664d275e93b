// Package fatal ends processes that are not its own.
package fatal

import (
	"bufio"
	"log"
	"os"
	"sync"
)

func write(w *bufio.Writer, path string) {
	defer w.Flush()
	if path == "" {
		log.Fatal("no path") // want `log.Fatal skips w.Flush, deferred on line 12; return the error and exit in the caller`
	}
}

func Load(path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatalf("read %s: %v", path, err) // want `log.Fatalf in Load ends the whole process, past what callers deferred; return an error`
	}
	return b
}

type pump struct{ wg sync.WaitGroup }

func (p *pump) start(step func() error) {
	p.wg.Go(func() {
		if err := step(); err != nil {
			os.Exit(1) // want `os.Exit in pump.start ends the process from a goroutine, past every deferred call; pass the error on`
		}
	})
}
