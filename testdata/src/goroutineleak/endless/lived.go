package endless

import "time"

// tableKeeper keeps the table fresh. It is long-lived: nothing stops it on purpose.
func tableKeeper(load func()) {
	go func() { // ok: documented
		for {
			time.Sleep(time.Minute)
			load()
		}
	}()
}

// InitChime sets the process up.
func InitChime(load func()) { startChime(load) }

func startChime(load func()) {
	go func() { // ok: once in the process
		for range time.Tick(time.Second) {
			load()
		}
	}()
}

// MakeChime may be called for each object.
func MakeChime(load func()) *int { return makeChime(load) }

func makeChime(load func()) *int {
	go func() { // want "the goroutine never ends"
		for range time.Tick(time.Second) {
			load()
		}
	}()
	return new(int)
}

// The close of the channel ends it.
func beats(news chan int, beat func(int)) {
	defer func() { close(news) }()
	go func() { // ok
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		last := 0
		for {
			select {
			case v, up := <-news:
				if !up {
					return
				}
				last = v
			case <-tick.C:
				beat(last)
			}
		}
	}()
	news <- 1
}

// What it waits for ends it.
func revive(ping func() bool) {
	go func() { // ok
		for range time.NewTicker(time.Second).C {
			if ping() {
				return
			}
		}
	}()
}
