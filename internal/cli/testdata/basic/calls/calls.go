// Package calls calls package nap.
package calls

import "example.com/basic/nap"

// Rest sleeps in another package.
func Rest() {
	nap.Awake()
	nap.Nap()
	Bed.Lie()
}

// Bed is where a fact about a method is looked up.
var Bed nap.Bed
