package main

import (
	"fmt"
	"log"
)

type feed interface{ Calls() <-chan string }

// live takes one call after the other for as long as the process runs.
func live(f feed) {
	next := make(chan string)
	go func() {
		for call := range f.Calls() {
			select {
			case next <- call:
			default: // busy
			}
		}
	}()
	for {
		if call := <-next; call == "" {
			log.Fatal("nobody there")
		}
	}
}

// first takes one call: if none comes it is stuck.
func first(f feed) string {
	next := make(chan string)
	go func() {
		for call := range f.Calls() {
			next <- call
			return
		}
	}()
	return <-next // want "nothing comes from next once the other goroutine returns"
}

// count ends for certain, and what waits for more numbers does not.
func count() {
	next := make(chan int)
	go func() {
		for n := range 10 {
			next <- n
		}
	}()
	for {
		fmt.Println(<-next) // want "nothing comes from next once the other goroutine returns"
	}
}
