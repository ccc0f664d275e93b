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

// reload reads the settings. TODO: it exits if they are broken.
func reload(path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err) // want `log.Fatal in reload ends the whole process, past what callers deferred; return an error`
	}
	return b
}

// follow copies lines until the child exits. It does not terminate this process.
func follow(child *os.File, strict bool) {
	if _, err := child.Stat(); err != nil && strict {
		// The child kills nobody's connection.
		child.Close()
		os.Exit(2) // want `os.Exit in follow ends the whole process, past what callers deferred; return an error`
	}
}

// clear removes the entry and aborts its transfer.
func clear(err error) {
	if err != nil {
		log.Fatal(err) // want `log.Fatal in clear ends the whole process, past what callers deferred; return an error`
	}
}

// rename moves a file.
func rename(from, to string) {
	// If this fails the old file stays, and a crash loses nothing.
	err := os.Rename(from, to)
	if err == nil {
		return
	}
	if os.IsNotExist(err) {
		log.Fatal(err) // want `log.Fatal in rename ends the whole process, past what callers deferred; return an error`
	}
}

// A small function of one's own name says nothing to the callers of a library.
func check(err error) {
	if err != nil {
		os.Exit(3) // want `os.Exit in check ends the whole process, past what callers deferred; return an error`
	}
}

func abort() {
	log.Println("aborted")
	os.Exit(1) // want `os.Exit in abort ends the whole process, past what callers deferred; return an error`
}
