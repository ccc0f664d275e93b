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
