// Command service serves, and logs with slog.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	fmt.Println("service 1.0")
	slog.Info("starting")
	http.HandleFunc("/", handle)
	go func() {
		fmt.Println("warming up") // want `fmt.Println in .* prints to stdout in a goroutine, but this package logs with slog; use slog.Info`
	}()
	refresh(context.Background(), errors.New("x"))
	if err := http.ListenAndServe(":8080", nil); err != nil {
		fmt.Fprintln(os.Stderr, "serve failed:", err)
		os.Exit(1)
	}
}

func handle(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "hello")
	fmt.Println("request", r.URL.Path) // want `fmt.Println in handle prints to stdout in a handler, but .* use slog.InfoContext`
}

func refresh(ctx context.Context, err error) {
	fmt.Fprintf(os.Stderr, "refresh failed: %v\n", err) // want `fmt.Fprintf prints to stderr in a function with a context, but .* use slog.ErrorContext`
}

func summary(n int) {
	fmt.Println("served", n)
}
