// Package two uses another module of the workspace.
package two

import "example.com/one"

// Rest sleeps there.
func Rest() { one.Nap() }
