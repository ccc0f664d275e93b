package answered

import "sync"

// layer has a worker that ends when it is told to.
type layer struct {
	once   sync.Once
	cancel chan struct{}
	done   chan struct{}
	halt   func()
	result chan error
}

func (l *layer) rest() {
	cancel, done := l.cancel, l.done
	l.once.Do(func() { close(cancel) })
	<-done
}

func (l *layer) outcome() error {
	l.halt()
	return <-l.result
}

type tree struct {
	mu     sync.Mutex
	layers map[string]*layer
}

func (t *tree) flatten() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.layers {
		l.rest()
	}
}

func (t *tree) collect() (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.layers {
		err = l.outcome()
	}
	return err
}

func (t *tree) wait() (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.layers {
		err = <-l.result // want "t.mu is held across a receive from l.result"
	}
	return err
}

// swap ends all that went, then waits for each.
func (t *tree) swap(stay map[string]bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var ends []<-chan struct{}
	for k, l := range t.layers {
		if !stay[k] {
			l.halt()
			ends = append(ends, l.done)
		}
	}
	for _, end := range ends {
		<-end
	}
}

// lobby hands each guest to one who waits for it.
type lobby struct {
	mu      sync.Mutex
	waiting []chan error
}

// ask is past the lock by the time anybody knows of its channel.
func (l *lobby) ask() error {
	l.mu.Lock()
	c := make(chan error)
	l.waiting = append(l.waiting, c)
	l.mu.Unlock()
	return <-c
}

func (l *lobby) answer(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.waiting {
		c <- err
	}
	l.waiting = nil
}

// foyer has guests that may leave, for which they need the lock.
type foyer struct {
	mu      sync.Mutex
	waiting map[int]chan int
	quit    chan struct{}
}

func (f *foyer) ask(id int) int {
	f.mu.Lock()
	c := make(chan int)
	f.waiting[id] = c
	f.mu.Unlock()
	select {
	case v := <-c:
		return v
	case <-f.quit:
		f.mu.Lock()
		delete(f.waiting, id)
		f.mu.Unlock()
		return 0
	}
}

func (f *foyer) answer(id, v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, ok := f.waiting[id]; ok {
		delete(f.waiting, id)
		c <- v // want "f.mu is held across a send on c, but its receiver needs f.mu too .on line 112."
	}
}
