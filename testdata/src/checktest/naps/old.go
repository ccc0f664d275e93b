//go:build go1.21

package naps

// In this file a loop variable is one for all turns.
func old() {
	for i := 0; i < 2; i++ {
		_ = i
	}
}
