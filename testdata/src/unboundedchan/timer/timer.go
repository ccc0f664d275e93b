// Package timer starts timers in loops.
package timer

import "time"

func perEvent(in <-chan string, save func(string)) {
	for name := range in {
		time.AfterFunc(time.Second, func() { save(name) }) // want "time.AfterFunc starts a timer in every turn of the loop on line 7 and nobody can stop it"
	}
}

func perSelected(in <-chan string, quit <-chan struct{}, save func(string)) {
	for {
		select {
		case name := <-in:
			_ = time.AfterFunc(time.Second, func() { save(name) }) // want "time.AfterFunc starts a timer in every turn"
		case <-quit:
			return
		}
	}
}

func kept(in <-chan string, save func(string)) {
	var pending *time.Timer
	for name := range in {
		if pending != nil {
			pending.Stop()
		}
		pending = time.AfterFunc(time.Second, func() { save(name) })
	}
}

func few(save func(int)) {
	for i := range 3 {
		time.AfterFunc(time.Duration(i)*time.Second, func() { save(i) })
	}
}

func once(in <-chan string, save func(string)) {
	for name := range in {
		if name != "" {
			time.AfterFunc(time.Second, func() { save(name) })
			return
		}
	}
}
