package wait

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

type workers struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (w *workers) spawn() {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		w.mu.Lock()
		w.n++
		w.mu.Unlock()
	}()
}

func (w *workers) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wg.Wait() // want "w.mu is held across w.wg.Wait, but a goroutine it waits for takes w.mu"
}

type named struct {
	mu sync.RWMutex
	wg sync.WaitGroup
	n  int
}

func (w *named) start() {
	w.wg.Add(1)
	go w.work()
}

func (w *named) work() {
	defer w.wg.Done()
	w.add()
}

func (w *named) add() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n++
}

func (w *named) flush() {
	w.mu.RLock()
	w.wg.Wait() // want "w.mu is held across w.wg.Wait, but a goroutine it waits for takes w.mu"
	w.mu.RUnlock()
}

func (w *named) flushed() {
	w.wg.Wait()
	w.mu.RLock()
	defer w.mu.RUnlock()
}

type readers struct {
	mu sync.RWMutex
	wg sync.WaitGroup
	n  int
}

func (r *readers) start() {
	r.wg.Go(func() {
		r.mu.RLock()
		defer r.mu.RUnlock()
	})
}

func (r *readers) wait() {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.wg.Wait()
}

type free struct {
	mu sync.Mutex
	wg sync.WaitGroup
}

func (f *free) start(work func()) { f.wg.Go(work) }

func (f *free) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wg.Wait()
}

// signing on takes the lock before the goroutine counts.
type late struct {
	mu sync.Mutex
	wg sync.WaitGroup
}

func (l *late) signOn() {
	l.mu.Lock()
	l.wg.Add(1)
	l.mu.Unlock()
}

func (l *late) start() {
	go func() {
		l.signOn()
		defer l.wg.Done()
	}()
}

func (l *late) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wg.Wait()
}

type twoLocks struct {
	mu    sync.Mutex
	outer sync.Mutex
	cond  *sync.Cond
	ready bool
}

func newTwoLocks() *twoLocks {
	t := &twoLocks{}
	t.cond = sync.NewCond(&t.mu)
	return t
}

func (t *twoLocks) wait() {
	t.mu.Lock()
	for !t.ready {
		t.cond.Wait()
	}
	t.mu.Unlock()
}

func (t *twoLocks) waitBoth() {
	t.outer.Lock()
	defer t.outer.Unlock()
	t.mu.Lock()
	for !t.ready {
		t.cond.Wait() // want "t.outer is held across t.cond.Wait, but whoever signals takes t.outer"
	}
	t.mu.Unlock()
}

func (t *twoLocks) set() {
	t.outer.Lock()
	defer t.outer.Unlock()
	t.mu.Lock()
	t.ready = true
	t.mu.Unlock()
	t.cond.Broadcast()
}

func (w *workers) local() {
	var wg sync.WaitGroup
	w.mu.Lock()
	defer w.mu.Unlock()
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			w.mu.Lock()
			w.n++
			w.mu.Unlock()
		}()
	}
	wg.Wait() // want "w.mu is held across wg.Wait, but a goroutine it waits for takes w.mu"
}

func (w *workers) grouped() error {
	var g errgroup.Group
	w.mu.Lock()
	defer w.mu.Unlock()
	g.Go(func() error {
		w.mu.Lock()
		defer w.mu.Unlock()
		return nil
	})
	return g.Wait() // want "w.mu is held across g.Wait, but a goroutine it waits for takes w.mu"
}

func (w *workers) deferredWait() {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.wg.Wait() // want "w.mu is held across w.wg.Wait, but a goroutine it waits for takes w.mu"
	w.n++
}

func (w *workers) deferredFirst() {
	defer w.wg.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n++
}
