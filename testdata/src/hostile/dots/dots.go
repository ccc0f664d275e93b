// Package dots has no package names in its calls.
package dots

import (
	c "context"
	. "fmt"
	. "net/http"
	"os"
	. "sync"
	. "time"
)

type both struct {
	Mutex
	WaitGroup
}

func use(ctx c.Context, b *both, in <-chan Duration) error {
	b.Lock()
	defer b.Unlock()
	ctx, cancel := c.WithTimeout(c.Context(ctx), Second)
	defer cancel()
	b.Add(1)
	go func() { defer b.Done(); Sleep(<-in) }()
	b.Wait()
	Println("x")
	Fprintln(os.Stderr, "y")
	if _, err := Get("http://localhost"); err != nil {
		return err
	}
	select {
	case <-After(Second):
	case <-ctx.Done():
		os.Exit(1)
	}
	return nil
}
