// Package fetch is internal to a module: its program may let it talk.
package fetch

import "fmt"

func Fetch(url string, pct int) {
	fmt.Println("fetching", url) // want `fmt.Println in Fetch prints to stdout`
	fmt.Println("at", pct)       // want `fmt.Println in Fetch prints to stdout`
}

func progress(pct int) {
	fmt.Print(pct, "%") // want `fmt.Print prints to stdout`
}

func step(pct int) {
	fmt.Print(pct, "%") // want `fmt.Print in step prints to stdout`
}
