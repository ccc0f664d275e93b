// Package meant ends the process knowingly, and says so.
package meant

import (
	"log"
	"os"
	"time"
)

// StopOnStall is set by the tests of this package.
var StopOnStall bool

// compare looks for a difference between a and b. If there is one it describes
// it and then terminates the process.
func compare(a, b []byte) {
	if string(a) != string(b) {
		log.Fatal("contents differ") // want `log.Fatal in compare ends the whole process`
	}
}

// settle aborts this program if the state cannot be brought in order.
func settle(ok bool) {
	if !ok {
		log.Fatal("no order") // want `log.Fatal in settle ends the whole process`
	}
}

func report(diff func()) {
	diff()
	// Everything is told by now: a second trace would be noise, so we exit.
	os.Exit(1) // want `os.Exit in report ends the whole process`
}

func forked(err error) {
	if err != nil {
		os.Exit(3) // crash on purpose: the state is gone // want `os.Exit in forked ends the whole process`
	}
}

func watch(done chan struct{}) {
	select {
	case <-done:
	case <-time.After(time.Minute):
		if StopOnStall {
			log.Fatal("nothing moves") // want `log.Fatal in watch ends the whole process`
		}
	}
}

func early(n int) {
	if !StopOnStall {
		return
	}
	os.Exit(n) // want `os.Exit in early ends the whole process`
}

func handleHungRequest(path string) {
	log.Fatalf("%s takes for ever", path) // want `log.Fatalf in handleHungRequest ends the whole process`
}

func open(path string) *os.File {
	f, err := os.Open(path)
	// Without this file there is nothing to do, and the process dies right here
	// rather than later.
	if err != nil {
		println(path, err) // want `println prints to stderr`
		log.Fatal(err)     // want `log.Fatal in open ends the whole process`
	}
	return f
}
