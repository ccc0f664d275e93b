// Command vendored uses a vendored package.
package main

import (
	"time"

	"example.com/dep"
)

func main() {
	dep.Nap()
	time.Sleep(6)
}
