package lib

import "sync"

func mergeBad(ins []<-chan Event) []Event {
	out := make(chan Event)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			for e := range in {
				out <- e
			}
		})
	}
	wg.Wait() // deadlock: senders wait for the reader below
	close(out)
	var all []Event
	for e := range out {
		all = append(all, e)
	}
	return all
}
