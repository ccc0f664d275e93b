package nap

import "testing"

func TestNap(t *testing.T) {
	Nap()
}
