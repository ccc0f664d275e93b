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

// far needs the lock three calls down.
type far struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	in   chan int
	n    int
	subs []*far
}

func (f *far) start() {
	f.wg.Add(1)
	go func() {
		defer f.wg.Done()
		f.loop()
	}()
}

func (f *far) loop() {
	for v := range f.in {
		f.handle(v)
	}
}

func (f *far) handle(v int) {
	if v > 0 {
		f.add(v)
	}
}

func (f *far) add(v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n += v
}

func (f *far) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.in)
	f.wg.Wait() // want "f.mu is held across f.wg.Wait, but a goroutine it waits for takes f.mu"
}

// tree's goroutines take the locks of other objects of the same type.
type tree struct {
	mu   sync.Mutex
	n    int
	kids []*tree
}

func (t *tree) touchAll() {
	for _, k := range t.kids {
		k.touch()
	}
}

func (t *tree) touch() { t.add(1) }

func (t *tree) add(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n += v
}

func (t *tree) walk() {
	t.mu.Lock()
	defer t.mu.Unlock()
	var wg sync.WaitGroup
	wg.Go(func() { t.touchAll() })
	wg.Wait()
}

// signedOff has left the group when it takes the lock.
type signedOff struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (s *signedOff) add() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *signedOff) start() {
	s.wg.Add(1)
	go func() {
		defer s.add()
		defer s.wg.Done()
	}()
}

func (s *signedOff) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wg.Wait()
}

// signsOffLast leaves the group behind the lock.
type signsOffLast struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (s *signsOffLast) add() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *signsOffLast) start() {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		defer s.add()
	}()
}

func (s *signsOffLast) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wg.Wait() // want "s.mu is held across s.wg.Wait, but a goroutine it waits for takes s.mu"
}

// behind waits for a condition in a method of its own, with another lock held.
type behind struct {
	outer sync.Mutex
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
	n     int
}

func newBehind() *behind {
	b := &behind{}
	b.cond = sync.NewCond(&b.mu)
	return b
}

func (b *behind) await() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.ready {
		b.cond.Wait()
	}
}

func (b *behind) setReady() {
	b.outer.Lock()
	defer b.outer.Unlock()
	b.n++
	b.mu.Lock()
	b.ready = true
	b.mu.Unlock()
	b.cond.Broadcast()
}

func (b *behind) get() int {
	b.outer.Lock()
	defer b.outer.Unlock()
	b.await() // want "b.outer is held across behind.await, but whoever signals takes b.outer"
	return b.n
}

func (b *behind) getRight() int {
	b.await()
	b.outer.Lock()
	defer b.outer.Unlock()
	return b.n
}

// The wait is two calls down.

type herd struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (h *herd) start() {
	h.wg.Add(1)
	go h.graze()
}

func (h *herd) graze() {
	defer h.wg.Done()
	h.mu.Lock()
	h.n++
	h.mu.Unlock()
}

func (h *herd) wait() { h.wg.Wait() }

func (h *herd) gather() { h.wait() }

func (h *herd) drive() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gather() // want "h.mu is held across herd.gather, but a goroutine it waits for takes h.mu"
}

func (h *herd) driveFree() {
	h.mu.Lock()
	h.n = 0
	h.mu.Unlock()
	h.gather()
}

// A goroutine that is told not to take the lock.

type crew struct {
	mu      sync.Mutex
	wg      sync.WaitGroup
	leaving bool
	n       int
}

func (c *crew) start() {
	c.wg.Add(1)
	go c.work()
}

func (c *crew) work() {
	defer c.wg.Done()
	if !c.leaving {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
	}
}

func (c *crew) wait() { c.wg.Wait() }

func (c *crew) end() { c.wait() }

func (c *crew) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leaving = true
	c.end()
}
