// Package line comes from a generator.
package line

import "time"

// Doze sleeps.
func Doze() {
//line grammar.y:7:3
	time.Sleep(3)
}
