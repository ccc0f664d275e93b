// Command handson has a logger because a library asks for one.
package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
)

type engine struct{ lg *slog.Logger }

func main() {
	lg := slog.New(slog.NewTextHandler(os.Stderr, nil)).With("part", "engine")
	e := engine{lg}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := e.step(); err != nil {
			fmt.Println("step failed:", err) // want `fmt.Println in main prints to stdout in a goroutine, but this package logs with slog`
		}
	})
	wg.Wait()
}

func (e engine) step() error { return errors.New("x") }
