// Package selects holds waits that can end in a select with something in scope.
package selects

import (
	"context"
	"net/http"
	"sync"
	"time"
)

func search(ctx context.Context, names []string, is func(string) bool) string {
	hits := make(chan string)
	go func() {
		defer close(hits)
		for _, name := range names {
			hits <- name // want "nobody receives this send on hits"
		}
	}()
	for {
		select {
		case name, ok := <-hits:
			if !ok || is(name) {
				return name
			}
		case <-ctx.Done():
			return ""
		}
	}
}

func closesQuit(rows []int) (sum int) {
	quit := make(chan struct{})
	defer close(quit)
	c := make(chan int)
	go func() {
		for _, row := range rows {
			c <- row // want "nobody receives this send on c"
		}
		close(c)
	}()
	for row := range c {
		if row < 0 {
			return -1
		}
		sum += row
	}
	return sum
}

func ownContext(ctx context.Context, rows []int) int {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	c := make(chan int)
	go func() {
		defer close(c)
		for _, row := range rows {
			c <- row // want "nobody receives this send on c"
		}
	}()
	for row := range c {
		if row < 0 {
			return row
		}
	}
	return len(inner.Err().Error())
}

func ofRequest(w http.ResponseWriter, r *http.Request, f func() []byte) {
	page := make(chan []byte)
	go func() {
		for {
			body := f()
			page <- body // want "nobody receives this send on page"
		}
	}()
	select {
	case body := <-page:
		_, _ = w.Write(body)
	case <-r.Context().Done():
	}
}

func waitsForAnswer(ctx context.Context, f func() (int, error)) (int, error) {
	c := make(chan int)
	go func() {
		n, err := f()
		if err != nil {
			return
		}
		c <- n
	}()
	var n int
	n = <-c // want "nothing comes from c"
	return n, nil
}

type hub struct {
	events chan int
	quit   chan struct{}
}

func newHub() *hub {
	h := &hub{events: make(chan int), quit: make(chan struct{})}
	go h.loop()
	return h
}

func (h *hub) loop() {
	for {
		select {
		case <-h.events:
		case <-h.quit:
			return
		}
	}
}

func (h *hub) stop() { close(h.quit) }

func (x *hub) publish(n int) { x.events <- n } // want "select on that stop"

type client struct{ hub *hub }

func (c *client) notify(n int) error {
	c.hub.events <- n // want "select on that stop"
	return nil
}

func (c *client) tell(n int) (ok bool) {
	c.hub.events <- n // want "select on that stop"
	return true
}

func feed(ctx context.Context, n int) <-chan int {
	c := make(chan int)
	go func() { // want "listen to ctx"
		defer close(c)
		for i := range n {
			c <- i
		}
		c <- -1
	}()
	return c
}

func readsSome(ctx context.Context) int {
	for v := range feed(ctx, 10) {
		if v > 5 {
			return v
		}
	}
	return 0
}

func owesDone(ctx context.Context, f func() int) int {
	var wg sync.WaitGroup
	wg.Add(1)
	c := make(chan int)
	go func() {
		for n := f(); n > 0; n = f() {
			c <- n // want "nobody receives this send on c"
		}
		close(c)
		wg.Done()
	}()
	defer wg.Wait()
	select {
	case n := <-c:
		return n
	case <-ctx.Done():
		return 0
	}
}

// What a return would skip on some paths only, and what has no name in scope, is left
// to people.
func owesPerhaps(ctx context.Context, mu *sync.Mutex, f func() int) int {
	c := make(chan int)
	go func() {
		for {
			n := f()
			c <- n // want "nobody receives this send on c"
			if n > 0 {
				mu.Unlock()
			}
		}
	}()
	select {
	case n := <-c:
		return n
	case <-ctx.Done():
		return 0
	}
}

func closesForOthers(ctx context.Context, rows []int, f func() int) int {
	c := make(chan int)
	go func() {
		select {
		case c <- f():
		case <-ctx.Done():
		}
	}()
	go func() {
		for _, row := range rows {
			c <- row // want "nobody receives this send on c"
		}
		close(c)
	}()
	select {
	case n := <-c:
		return n
	case <-ctx.Done():
		return 0
	}
}

func nothingInScope(f func() int) int {
	c := make(chan int)
	go func() {
		for {
			c <- f() // want "nobody receives this send on c"
		}
	}()
	select {
	case n := <-c:
		return n
	case <-time.After(time.Second):
		return 0
	}
}
