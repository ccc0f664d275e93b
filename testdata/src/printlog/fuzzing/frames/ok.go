// Package frames is run by a fuzzer, which takes every crash for a finding.
package frames

import (
	"fmt"
	"log"
)

func step(b []byte) int {
	if len(b) > 1 && b[0] == b[1] {
		log.Fatal("twice the same")
	}
	fmt.Println("frame", len(b))
	return 0
}
