// Package types does not type-check.
package types

// Wrong is no string.
var Wrong string = 1

// Right is a number.
var Right = 2
