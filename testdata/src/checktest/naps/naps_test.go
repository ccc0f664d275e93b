package naps

import (
	"testing"
	"time"
)

func TestNap(t *testing.T) {
	time.Sleep(1) // want "Sleep"
}
