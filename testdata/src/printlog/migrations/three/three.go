// Package three moves a store, and somebody watches.
package three

import "fmt"

func Apply(path string) {
	fmt.Println("moving", path) // want `fmt.Println in Apply prints to stdout`
}
