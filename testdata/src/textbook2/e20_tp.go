package lib

import "time"

func debounceBad(in <-chan Event) {
	for e := range in {
		time.AfterFunc(200*time.Millisecond, func() { handle(e) }) // result dropped: N events => N calls
	}
}
