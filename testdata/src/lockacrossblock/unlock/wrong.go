package unlock

import "sync"

type jar struct {
	mu    sync.Mutex
	lid   sync.Mutex
	rw    sync.RWMutex
	sweet int
	hook  func()
}

func (j *jar) swapped(n int) bool {
	j.mu.Lock()
	j.lid.Lock()
	if j.sweet < n {
		j.mu.Unlock()
		j.mu.Unlock() // want "j.mu is unlocked again .unlocked on line [0-9]+ already., which ends the process; drop one of the two"
		return false  // want "j.lid is still locked at this return"
	}
	j.sweet -= n
	j.lid.Unlock()
	j.mu.Unlock()
	return true
}

func (j *jar) ordered(n int) bool {
	j.mu.Lock()
	j.lid.Lock()
	if j.sweet < n {
		j.lid.Unlock()
		j.mu.Unlock()
		return false
	}
	j.lid.Unlock()
	j.mu.Unlock()
	return true
}

func (j *jar) deferredToo(n int) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if n == 0 {
		j.mu.Unlock() // want "j.mu is unlocked again by the Unlock deferred on line [0-9]+, which ends the process"
		return 0
	}
	j.sweet += n
	return j.sweet
}

func (j *jar) forAWhile(n int) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if n == 0 {
		j.mu.Unlock()
		println("none")
		j.mu.Lock()
	}
	return j.sweet
}

func (j *jar) onSomePaths(n int) int {
	j.mu.Lock()
	if n == 0 {
		j.mu.Unlock()
	}
	if n != 0 {
		j.mu.Unlock()
	}
	return n
}

func (j *jar) takenByTheHook() {
	j.mu.Lock()
	j.sweet++
	j.mu.Unlock()
	j.hook()
	j.mu.Unlock()
}

func (j *jar) otherName() {
	same := sync.Locker(&j.mu)
	j.mu.Lock()
	j.mu.Unlock()
	same.Lock()
	j.sweet++
	j.mu.Unlock()
}

func (j *jar) writes(n int) {
	j.rw.Lock()
	j.sweet = n
	j.rw.RUnlock() // want "j.rw is locked .on line [0-9]+., and RUnlock of it ends the process; call Unlock"
}

func (j *jar) reads() int {
	j.rw.RLock()
	defer j.rw.Unlock() // want "j.rw is read-locked .on line [0-9]+., and Unlock of it ends the process; call RUnlock"
	return j.sweet
}

func (j *jar) readsAndWrites(n int) int {
	j.rw.RLock()
	old := j.sweet
	j.rw.RUnlock()
	j.rw.Lock()
	defer j.rw.Unlock()
	j.sweet = n
	return old
}

func (j *jar) upgrades(n int) {
	j.rw.RLock()
	defer j.rw.Unlock()
	if j.sweet > n {
		j.rw.RUnlock()
		j.rw.Lock()
		j.sweet = n
		return
	}
	j.rw.RUnlock()
	j.rw.Lock()
}
