package library

import (
	"fmt"
	"testing"
)

func TestPrints(t *testing.T) { fmt.Println("tests may print") }

func Example() {
	fmt.Println("x")
	// Output: x
}
