package main

import (
	"fmt"
	"net/http"
)

func hints(n int) {
	fmt.Println("listening on", n)
	fmt.Println("press", n)
	fmt.Println("twice", n)
}

func second(w http.ResponseWriter, r *http.Request) {
	fmt.Println("second", r.URL.Path) // want `fmt.Println in second prints to stdout in a handler`
}

type worker struct{ in chan string }

func (w *worker) start() { go w.loop() }

func (w *worker) loop() {
	for s := range w.in {
		fmt.Println("working on", s) // want `fmt.Println in worker.loop prints to stdout in a goroutine`
	}
}

// Called, not started.
func (w *worker) summary() { fmt.Println("worked") }
