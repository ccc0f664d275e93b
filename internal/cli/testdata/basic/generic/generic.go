// Package generic sleeps in a method of a generic type, two imports away from
// where the type's facts come from.
package generic

import (
	"example.com/basic/calls"
	"time"
)

// Bed is generic.
type Bed[T any] struct{ _ T }

// Lie sleeps.
func (Bed[T]) Lie() { time.Sleep(1) }

// All sleeps twice.
func All() {
	Bed[int]{}.Lie()
	calls.Bed.Lie()
}
