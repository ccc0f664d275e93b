package stuck

import "sync"

type latch struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func newLatch() *latch {
	l := &latch{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *latch) wait() {
	l.mu.Lock()
	for !l.open {
		l.cond.Wait() // want `nobody signals l.cond, so this wait never ends`
	}
	l.mu.Unlock()
}

func startSilently(fs []func()) {
	l := newLatch()
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() {
			l.wait()
			f()
		})
	}
	l.mu.Lock()
	l.open = true
	l.mu.Unlock()
	wg.Wait()
}

type wellLatch struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func newWellLatch() *wellLatch {
	l := &wellLatch{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *wellLatch) wait() {
	l.mu.Lock()
	for !l.open {
		l.cond.Wait()
	}
	l.mu.Unlock()
}

func startLoudly(fs []func()) {
	l := newWellLatch()
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() {
			l.wait()
			f()
		})
	}
	l.mu.Lock()
	l.open = true
	l.cond.Broadcast()
	l.mu.Unlock()
	wg.Wait()
}

func skipsSignal(f func() error) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	done := false
	go func() {
		if f() != nil {
			return
		}
		mu.Lock()
		done = true
		c.Signal()
		mu.Unlock()
	}()
	mu.Lock()
	for !done {
		c.Wait() // want `nobody wakes this c.Wait once the other goroutine returns \(line \d+\), so it never returns; signal on every path`
	}
	mu.Unlock()
}

func defersSignal(f func() error) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	done := false
	go func() {
		defer func() {
			mu.Lock()
			done = true
			c.Signal()
			mu.Unlock()
		}()
		_ = f()
	}()
	mu.Lock()
	for !done {
		c.Wait()
	}
	mu.Unlock()
}

type window struct {
	mu            sync.Mutex
	moved         *sync.Cond
	oldest, limit int
}

func newWindow(oldest, limit int) *window {
	w := &window{oldest: oldest, limit: limit}
	w.moved = sync.NewCond(&w.mu)
	return w
}

func (w *window) wait(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n >= w.oldest+w.limit { // whether it holds is only known to who calls
		w.moved.Wait()
	}
}

func (w *window) release() {
	w.mu.Lock()
	w.oldest++
	w.mu.Unlock()
	w.moved.Broadcast()
}

func feedsWindow(from, to, limit int, work func(int)) {
	w := newWindow(from, limit)
	tasks := make(chan int)
	go func() {
		for t := range tasks {
			work(t)
			w.release()
		}
	}()
	go func() {
		defer close(tasks)
		for n := from; n < to; n++ {
			w.wait(n)
			tasks <- n
		}
	}()
}
