// Package global logs with slog, as nothing else is known.
package global

import (
	"context"
	"fmt"
	"net/http"
	"os"
)

type job struct{ ID int }

func done(j job, err error) {
	fmt.Println("job", j.ID, "failed:", err) // want `use slog.Error`
}

func value(v int) { fmt.Println("x:", v) } // want `use slog.Info`

func inContext(ctx context.Context, path string, err error) {
	fmt.Fprintf(os.Stderr, "failed to open %s: %v\n", path, err) // want `use slog.ErrorContext`
	fmt.Printf("retries=%d, path=%q\n", 3, path)
	fmt.Printf("%d of %d files\n", 1, 2)
	fmt.Printf("%5.2f%%\n", 1.5)
}

func inHandler(w http.ResponseWriter, r *http.Request) {
	println("request", r.URL.Path) // want `use slog.InfoContext`
}

func bare(err error, n int) {
	fmt.Println(err) // want `use slog.Error`
	fmt.Println(n, n+1)
	_, _ = fmt.Print("end")
	defer println("left")
}

func unfixable(pair func() (int, error)) (int, error) {
	p := fmt.Println
	p("left") // want `use slog.Info`
	fmt.Println(pair())
	return fmt.Print("n")
}
