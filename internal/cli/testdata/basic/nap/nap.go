// Package nap sleeps.
package nap

import "time"

// Nap sleeps.
func Nap() {
	time.Sleep(5)
}

// Bed is slept in.
type Bed struct{}

// Lie sleeps by way of Nap.
func (Bed) Lie() { Nap() }

// Awake does not sleep.
func Awake() {}
