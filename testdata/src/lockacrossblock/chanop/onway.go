package chanop

import "sync"

type task struct {
	mu   sync.Mutex
	n    int
	done chan struct{}
}

func newTask() *task {
	t := &task{done: make(chan struct{})}
	go t.run()
	return t
}

func (t *task) join() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	<-t.done // want "t.mu is held across a receive from t.done, but whoever closes it needs t.mu too"
	return t.n
}

func (t *task) run() {
	defer close(t.done)
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

type errand struct {
	mu   sync.Mutex
	n    int
	done chan struct{}
}

func newErrand() *errand {
	e := &errand{done: make(chan struct{})}
	go e.run()
	return e
}

func (e *errand) join() int {
	<-e.done
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.n
}

func (e *errand) peek() {
	e.mu.Lock()
	defer e.mu.Unlock()
	<-e.done // want `e.mu is held across a receive from e.done, but whoever closes it needs e.mu too`
}

func (e *errand) run() {
	defer func() { close(e.done) }()
	e.add()
}

func (e *errand) add() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.n++
}

// The lock is not always taken: the wait may end.
type trip struct {
	mu   sync.Mutex
	n    int
	done chan struct{}
}

func newTrip(far bool) *trip {
	t := &trip{done: make(chan struct{})}
	go t.run(far)
	return t
}

func (t *trip) join() {
	t.mu.Lock()
	defer t.mu.Unlock()
	<-t.done // want `t.mu is held across a receive from t.done \(locked on line`
}

func (t *trip) run(far bool) {
	defer close(t.done)
	if !far {
		return
	}
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

// The lock was taken long before the end is waited for.
type visit struct {
	mu   sync.Mutex
	n    int
	quit chan struct{}
	done chan struct{}
}

func newVisit() *visit {
	v := &visit{done: make(chan struct{}), quit: make(chan struct{})}
	go v.run()
	return v
}

func (v *visit) join() {
	v.mu.Lock()
	defer v.mu.Unlock()
	<-v.done // want `v.mu is held across a receive from v.done \(locked on line`
}

func (v *visit) leave() { close(v.quit) }

func (v *visit) run() {
	defer close(v.done)
	v.mu.Lock()
	v.n++
	v.mu.Unlock()
	<-v.quit
}

type desk struct {
	mu  sync.Mutex
	n   int
	ack chan int
}

func newDesk() *desk { return &desk{ack: make(chan int)} }

func (d *desk) ask(log func()) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.n > 1 {
		log()
	}
	go d.refresh()
	if d.n > 0 {
		d.n--
	}
	return <-d.ack // want "d.mu is held across a receive from d.ack, but its sender needs d.mu too"
}

func (d *desk) refresh() {
	d.mu.Lock()
	d.n++
	n := d.n
	d.mu.Unlock()
	d.ack <- n
}

func sumUnder(fs []func() int) (t int) {
	var mu sync.Mutex
	done := make(chan struct{})
	mu.Lock()
	go func() {
		for _, f := range fs {
			mu.Lock()
			t += f()
			mu.Unlock()
		}
		close(done)
	}()
	<-done // want "mu is held across a receive from done, but whoever closes it needs mu too"
	mu.Unlock()
	return t
}

func oneUnder(f func() int) (t int) {
	var mu sync.Mutex
	done := make(chan struct{})
	mu.Lock()
	defer mu.Unlock()
	go func() {
		defer close(done)
		mu.Lock()
		defer mu.Unlock()
		t += f()
	}()
	<-done // want "mu is held across a receive from done, but whoever closes it needs mu too"
	return t
}

// The lock is free while the end is waited for.
func sumFree(fs []func() int) (t int) {
	var mu sync.Mutex
	done := make(chan struct{})
	go func() {
		for _, f := range fs {
			mu.Lock()
			t += f()
			mu.Unlock()
		}
		close(done)
	}()
	<-done
	mu.Lock()
	defer mu.Unlock()
	return t
}

// The goroutine takes the lock after it has told its end.
func sumLater(fs []func() int) (t int) {
	var mu sync.Mutex
	done := make(chan struct{})
	mu.Lock()
	go func() {
		close(done)
		for _, f := range fs {
			mu.Lock()
			t += f()
			mu.Unlock()
		}
	}()
	<-done
	mu.Unlock()
	return t
}
