// Command batch has a logger, but shows its results to its user.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
)

func main() {
	slog.Info("starting")
	run(context.Background(), 3)
}

func run(ctx context.Context, n int) {
	fmt.Printf("Total: %d\n", n)
	var wg sync.WaitGroup
	wg.Go(func() { fmt.Println("part", n) })
	wg.Wait()
}
