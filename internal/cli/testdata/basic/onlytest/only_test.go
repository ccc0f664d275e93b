package onlytest

import (
	"testing"

	"example.com/basic/nap"
)

func TestNothing(t *testing.T) { nap.Nap() }
