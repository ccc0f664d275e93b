package main

import (
	"fmt"
	"sync"
)

func parts(load func() error) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := load(); err != nil {
			fmt.Println("load failed:", err) // want `fmt.Println in .* prints to stdout in a goroutine, but this package logs with slog; use slog.Error`
		}
	})
	wg.Wait()
}
