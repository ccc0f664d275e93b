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

// One timer for each hundred elements is no burst.
func perBatch(changes <-chan []string, drop func([]string)) {
	for list := range changes {
		for i := 0; i < len(list); i += 100 {
			batch := list[i:min(len(list), i+100)]
			time.AfterFunc(time.Second, func() { drop(batch) })
		}
	}
}

func perElement(changes <-chan []string, drop func(string)) {
	for list := range changes {
		for _, name := range list {
			time.AfterFunc(time.Second, func() { drop(name) }) // want "time.AfterFunc starts a timer in every turn"
		}
	}
}

// A callback that first asks whether it is still wanted stops by itself.
func asks(in <-chan string, stopped func() bool, save func(string)) {
	for name := range in {
		time.AfterFunc(time.Second, func() {
			if stopped() {
				return
			}
			save(name)
		})
	}
}
