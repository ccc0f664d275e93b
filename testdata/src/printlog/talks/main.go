// Command talks shows its user what it finds; a library that it uses wants a logger.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

func main() {
	fmt.Println("Reading ...") // want `fmt.Println prints to stdout`
	total(3)
	slog.Info("starting")
	go func() {
		if err := part(); err != nil {
			fmt.Println("part failed:", err) // want `fmt.Println in main prints to stdout in a goroutine, but this package logs with slog; use slog.Error`
		}
	}()
	list(context.Background(), []string{"a"})
}

func total(n int) {
	fmt.Printf("Total:   %d\n", n)   // want `fmt.Printf prints to stdout`
	fmt.Printf("Average: %d\n", n/2) // want `fmt.Printf prints to stdout`
}

func list(ctx context.Context, names []string) {
	fmt.Println("Names") // want `fmt.Println in list prints to stdout`
	for i, n := range names {
		fmt.Println(i, n) // want `fmt.Println in list prints to stdout`
	}
}

func part() error { return errors.New("x") }
