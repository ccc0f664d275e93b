package timerfire

import "time"

func madeBefore(in <-chan int) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	timeout := time.After(time.Minute)
	for {
		select {
		case <-in:
		case <-t.C:
			println("alive")
		case <-timeout:
			return
		}
	}
}

// The timer is faster than the ticker.
func faster(in <-chan int) {
	t := time.NewTicker(time.Minute)
	for {
		select {
		case <-t.C:
		case <-time.After(time.Second):
			return
		}
	}
}

// Only data renews the timer: that is what an idle timeout is for.
func idle(in <-chan int) {
	for {
		select {
		case <-in:
		case <-time.After(time.Minute):
			return
		}
	}
}

// The first tick leaves.
func leaves() {
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-t.C:
			return
		case <-time.After(time.Minute):
			println("late")
		}
	}
}

func unknown(d time.Duration) {
	t := time.NewTicker(d)
	for {
		select {
		case <-t.C:
		case <-time.After(time.Minute):
			return
		}
	}
}

func once() {
	t := time.NewTicker(time.Second)
	select {
	case <-t.C:
	case <-time.After(time.Minute):
	}
}

// A ticker whose period changes.
type tuned struct{ beat *time.Ticker }

func newTuned() *tuned { return &tuned{time.NewTicker(beat)} }

func (t *tuned) slow() { t.beat.Reset(time.Hour) }

func (t *tuned) run() {
	for {
		select {
		case <-t.beat.C:
		case <-time.After(patient):
			return
		}
	}
}

// One of two tickers.
type either struct{ beat *time.Ticker }

func newEither(slow bool) *either {
	if slow {
		return &either{time.NewTicker(time.Hour)}
	}
	return &either{time.NewTicker(beat)}
}

func (e *either) run() {
	for {
		select {
		case <-e.beat.C:
		case <-time.After(patient):
			return
		}
	}
}
