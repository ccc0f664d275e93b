// Command everywhere prints where it may; level strict minds.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	fmt.Println("ready")                 // want `fmt.Println prints to stdout; use a structured logger`
	fmt.Fprintln(os.Stderr, "not ready") // want `fmt.Fprintln prints to stderr; use a structured logger`
	go func() {
		log.Fatal("x") // want `log.Fatal in main ends the process from a goroutine, past every deferred call; pass the error on`
	}()
	log.Println("ready")
}
