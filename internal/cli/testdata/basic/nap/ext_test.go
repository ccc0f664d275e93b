package nap_test

import (
	"testing"

	"example.com/basic/nap"
)

func TestBed(t *testing.T) {
	nap.Bed{}.Lie()
}
