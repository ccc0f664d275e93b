// Package strict holds what is reported at level strict only.
package strict

import "net/http"

// Exported has readers out of view, which may stop early.
func Exported(n int) <-chan int {
	ch := make(chan int)
	go func() { // want "a reader of Exported that stops early leaves this goroutine stuck"
		for i := range n {
			ch <- i
		}
		close(ch)
	}()
	return ch
}

func ping(url string) {
	go func() { // want "may stay in http.Get for ever"
		if resp, err := http.Get(url); err == nil {
			resp.Body.Close()
		}
	}()
}
