// Package bed sleeps on behalf of others.
package bed

import "time"

// Rest sleeps.
func Rest() {
	time.Sleep(1)
}
