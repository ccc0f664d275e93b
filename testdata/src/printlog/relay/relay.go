// Package relay passes on what others say: only level strict minds.
package relay

import "fmt"

func show(line string) { fmt.Println(line) } // want `fmt.Println prints to stdout; use a structured logger`

func lines(list []string, raw []byte) {
	for _, line := range list {
		fmt.Println(line) // want `fmt.Println in lines prints to stdout, where no caller can route it`
	}
	fmt.Printf("%s\n", raw) // want `fmt.Printf in lines prints to stdout, where no caller can route it`
}
