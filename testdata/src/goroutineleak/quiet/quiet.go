// Package quiet holds code that level default has nothing to say about.
package quiet

import "net/http"

// Exported has readers out of view only.
func Exported(n int) <-chan int {
	ch := make(chan int)
	go func() {
		for i := range n {
			ch <- i
		}
		close(ch)
	}()
	return ch
}

// ping has no caller's scope.
func ping(url string) {
	go func() {
		if resp, err := http.Get(url); err == nil {
			resp.Body.Close()
		}
	}()
}
