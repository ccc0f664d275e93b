package chanop

import "sync"

// Functions that fields keep are called under a lock that only one literal takes;
// who ends the wait in one of them holds it too.

type round struct {
	turns        int
	begin, leave func()
}

func playRounds(all []round, turns int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range all {
		wg.Add(1)
		go func(r *round) {
			defer wg.Done()
			for r.turns < turns {
				mu.Lock()
				r.begin()
				mu.Unlock()
				r.turns++
				mu.Lock()
				r.leave() // want "mu is held across a receive from seen, which waits in a circle with who needs mu"
				mu.Unlock()
			}
		}(&all[i])
	}
	wg.Wait()
}

func play() {
	all := make([]round, 3)
	next := make(chan bool)
	for i := range all {
		var seen chan bool
		see := func() { seen = next }
		all[i].begin = func() { see() }
		all[i].leave = func() {
			if i == 0 {
				close(next)
				next = make(chan bool)
			}
			<-seen
		}
	}
	playRounds(all, 100)
}

// The wait comes after the lock is given back.

type lap struct {
	turns        int
	begin, leave func()
}

func runLaps(all []lap, turns int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range all {
		wg.Add(1)
		go func(r *lap) {
			defer wg.Done()
			for r.turns < turns {
				mu.Lock()
				r.begin()
				mu.Unlock()
				r.turns++
				r.leave()
			}
		}(&all[i])
	}
	wg.Wait()
}

func run() {
	all := make([]lap, 3)
	done := make(chan bool)
	for i := range all {
		all[i].begin = func() {}
		all[i].leave = func() {
			if i == 0 {
				close(done)
			}
			<-done
		}
	}
	runLaps(all, 100)
}
