package main

import (
	"errors"
	"iter"
	"maps"
	"slices"
)

// The cases of this file run in what iterators and function values call.

var _ = run(func() { seek(slices.Values([]int{1, 2, 3}), 1) })

// seek leaves the goroutine that goes through the values behind.
func seek(values iter.Seq[int], want int) bool {
	found := make(chan int)
	go func() {
		defer close(found)
		for v := range values {
			found <- v // stuck abandoned-sender
		}
	}()
	for v := range found {
		if v == want {
			return true
		}
	}
	return false
}

var _ = run(func() { seekOK(slices.Values([]int{1, 2, 3}), 1) })

func seekOK(values iter.Seq[int], want int) bool {
	found, quit := make(chan int), make(chan struct{})
	defer close(quit)
	go func() {
		defer close(found)
		for v := range values {
			select {
			case found <- v:
			case <-quit:
				return
			}
		}
	}()
	for v := range found {
		if v == want {
			return true
		}
	}
	return false
}

var _ = run(func() { keysOK(map[string]int{"a": 1}) })

func keysOK(m map[string]int) (out []string) {
	ch := make(chan string)
	go func() {
		defer close(ch)
		for k := range maps.Keys(m) {
			ch <- k
		}
	}()
	for k := range ch {
		out = append(out, k)
	}
	return out
}

type emitter func(string)

var _ = run(func() { atMost(3, 1) })

func atMost(n, limit int) []string {
	return expand(func(emit emitter) error {
		for range n {
			emit("x")
		}
		return nil
	}, limit)
}

// expand stops to listen when it has enough.
func expand(step func(emitter) error, limit int) (kept []string) {
	ch, errc := make(chan string), make(chan error, 1)
	go func() {
		defer close(ch)
		errc <- step(func(s string) {
			ch <- s // stuck abandoned-sender
		})
	}()
	for s := range ch {
		if len(kept) == limit {
			return kept
		}
		kept = append(kept, s)
	}
	<-errc
	return kept
}

var _ = run(func() { expandOK(func(emit emitter) error { emit("x"); emit("y"); return errors.New("end") }) })

func expandOK(step func(emitter) error) (kept []string) {
	ch, errc := make(chan string), make(chan error, 1)
	go func() {
		defer close(ch)
		errc <- step(func(s string) { ch <- s })
	}()
	for s := range ch {
		kept = append(kept, s)
	}
	<-errc
	return kept
}
