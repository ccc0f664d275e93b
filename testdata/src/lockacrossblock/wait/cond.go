package wait

import "sync"

// A condition has a mutex of its own; the lock that is held besides is kept while it
// waits.

type feed struct {
	cond  *sync.Cond
	items []int
}

func newFeed() *feed { return &feed{cond: sync.NewCond(&sync.Mutex{})} }

func (f *feed) get() int {
	f.cond.L.Lock()
	defer f.cond.L.Unlock()
	for len(f.items) == 0 {
		f.cond.Wait()
	}
	v := f.items[0]
	f.items = f.items[1:]
	return v
}

func (f *feed) put(v int) {
	f.cond.L.Lock()
	f.items = append(f.items, v)
	f.cond.L.Unlock()
	f.cond.Signal()
}

type quota struct {
	mu   sync.RWMutex
	feed *feed
	used int
}

func (q *quota) work() {
	q.mu.RLock()
	defer q.mu.RUnlock()
	println(q.used, q.feed.get()) // want "q.mu is held across feed.get, which waits for a signal on f.cond, which releases another lock"
}

func (q *quota) workFree() {
	v := q.feed.get()
	q.mu.Lock()
	q.used += v
	q.mu.Unlock()
}

func (q *quota) sync() {
	q.mu.Lock()
	q.used = 0
	q.mu.Unlock()
}
