package calls

import "github.com/sasha-s/go-deadlock"

type watched struct {
	mu  deadlock.Mutex
	rw  deadlock.RWMutex
	out chan int
}

func (w *watched) put(v int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out <- v // want "w.mu is held across a send on w.out"
}

func (w *watched) touch() {
	w.mu.Lock()
	w.mu.Unlock()
	w.rw.RLock()
	w.rw.RUnlock()
}
