package library

import (
	"fmt"
	"os"
)

// readLevel is in a file about logging.
func readLevel(s string) int {
	if s == "" {
		fmt.Fprintln(os.Stderr, "no level given")
	}
	return len(s)
}
