// Package timerfire holds timeouts in loops that a faster ticker turns.
package timerfire

import "time"

func watch(in <-chan int) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-in:
		case <-t.C:
			println("alive")
		case <-time.After(time.Minute): // want `this 1m0s timer starts anew whenever t\.C ticks every 1s and never fires`
			return
		}
	}
}

const (
	beat    = 100 * time.Millisecond
	patient = 3 * time.Second
)

func tick(ready func() bool) bool {
	for {
		select {
		case <-time.Tick(beat):
			if ready() {
				return true
			}
		case <-time.After(patient): // want `this 3s timer starts anew whenever time\.Tick\(beat\) ticks every 100ms and never fires`
			return false
		}
	}
}

func madeInLoop(in <-chan int) {
	t := time.NewTicker(beat)
	for {
		timeout := time.After(patient)
		select {
		case <-t.C:
		case <-in:
		case <-timeout: // want `this 3s timer starts anew whenever t\.C ticks every 100ms and never fires`
			return
		}
	}
}

func newTimer(in <-chan int) {
	t := time.NewTicker(beat)
	for {
		limit := time.NewTimer(patient)
		select {
		case <-t.C:
		case <-limit.C: // want `this 3s timer starts anew whenever t\.C ticks every 100ms and never fires`
			return
		}
	}
}

func literal(in <-chan int) {
	go func() {
		t := time.NewTicker(beat)
	loop:
		for {
			select {
			case <-t.C:
				continue loop
			case <-time.After(patient): // want `this 3s timer starts anew whenever t\.C ticks every 100ms and never fires`
				break loop
			}
		}
	}()
}

// A ticker in a field that only ever holds this one.
type link struct {
	in   chan int
	beat *time.Ticker
}

func newLink() *link { return &link{in: make(chan int), beat: time.NewTicker(beat)} }

func (l *link) run() {
	defer l.beat.Stop()
	for {
		select {
		case <-l.in:
		case <-l.beat.C:
			println("alive")
		case <-time.After(patient): // want `this 3s timer starts anew whenever l\.beat\.C ticks every 100ms and never fires`
			return
		}
	}
}
