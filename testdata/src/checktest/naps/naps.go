// Package naps is what the tests of the fixture loader load.
package naps

import (
	"net/http"
	"time"

	"checktest/bed"
)

func direct() {
	time.Sleep(1) // want `Sleep takes a nap`
	bed.Rest()    /* want "Rest takes" */ // by a fact
	http.Error(nil, "", 0)
}
