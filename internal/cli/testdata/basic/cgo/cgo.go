// Package cgo uses C.
package cgo

// static int answer(void) { return 42; }
import "C"

import "example.com/basic/nap"

// Answer sleeps on it.
func Answer() int {
	nap.Nap()
	return int(C.answer())
}
