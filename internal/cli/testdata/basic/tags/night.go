//go:build night

package tags

import "time"

// Sleep sleeps at night.
func Sleep() { time.Sleep(8) }
