// Package locks keeps locks where nobody looks for them.
package locks

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

type grid [4][4]sync.Mutex

type shard struct {
	sync.RWMutex
	m map[string]*shard
}

type table struct {
	shards [16]shard
	byName map[string]*sync.Mutex
	list   []sync.RWMutex
	ptr    **sync.Mutex
	ptrs   atomic.Pointer[sync.Mutex]
	any    sync.Map
	anon   struct {
		sync.Mutex
		deep struct{ mu *sync.RWMutex }
	}
	fn func() sync.Locker
	ch chan *sync.Mutex
	*table
}

type lockAlias = sync.Mutex

type lockNamed sync.Mutex

type lockIface interface {
	Lock()
	Unlock()
}

var (
	mu    sync.Mutex
	muPtr = &mu
	pool  = sync.Pool{New: func() any { return new(sync.Mutex) }}
	once  sync.Once
	cond  = sync.NewCond(&mu)
	value = sync.OnceValue(func() int { mu.Lock(); defer mu.Unlock(); return 1 })
)

func places(t *table, g *grid, i, j int) {
	g[i][j].Lock()
	g[j][i].Lock()
	g[i][j].Unlock()
	g[0][1].Unlock()
	t.shards[i].Lock()
	t.shards[i].m["x"].RLock()
	t.shards[i&15].Unlock()
	t.byName["a"].Lock()
	t.byName["a"].Unlock()
	t.list[len(t.list)-1].RLock()
	(*t.ptr).Lock()
	(**t.ptr).Unlock()
	t.ptrs.Load().Lock()
	t.anon.Lock()
	t.anon.deep.mu.RLock()
	t.anon.deep.mu.RLocker().Unlock()
	t.fn().Lock()
	(<-t.ch).Lock()
	t.table.table.table.anon.Unlock()
	pool.Get().(*sync.Mutex).Lock()
	v, _ := t.any.LoadOrStore("k", new(sync.Mutex))
	v.(sync.Locker).Lock()
	muPtr.Lock()
	mu.Unlock()
	(*sync.Mutex)(unsafe.Pointer(t)).Lock()
	(*sync.Mutex)((*lockNamed)(nil)).Lock()
	var a lockAlias
	a.Lock()
	copied := a
	copied.Unlock()
	p, q := &a, &copied
	if i > j {
		p = q
	}
	p.Lock()
	q.Unlock()
	for _, s := range []*sync.Mutex{p, q} {
		s.Lock()
		defer s.Unlock()
	}
	for i := range t.shards {
		s := &t.shards[i]
		s.Lock()
		defer func() { s.Unlock() }()
	}
}

func conditionally(t *table, b bool) {
	if b {
		t.anon.Lock()
	}
	if mu.TryLock() && b || !mu.TryLock() {
		mu.Unlock()
	}
	_ = mu.TryLock()
	mu.TryLock()
	switch ok := mu.TryLock(); ok {
	case true:
		defer mu.Unlock()
	}
	if b {
		defer t.anon.Unlock()
	}
	for b = mu.TryLock(); !b; b = mu.TryLock() {
	}
	cond.L.Lock()
	cond.Wait()
	cond.L.Unlock()
	once.Do(func() { once.Do(nil) })
	_ = value()
}

func recurse(n int) int {
	mu.Lock()
	defer mu.Unlock()
	if n == 0 {
		return 0
	}
	return recurse(n-1) + mutual(n-1)
}

func mutual(n int) int { mu.Unlock(); defer mu.Lock(); return recurse(n) }

func byValue(mu sync.Mutex, l lockIface) { mu.Lock(); l.Lock() }

func result() (mu sync.Mutex, l *sync.Mutex) { mu.Lock(); l = &mu; l.Unlock(); return }

func unlockFirst() { mu.Unlock(); mu.Lock() }

func deferLock() { defer mu.Lock(); defer mu.Unlock() }

func selfish(t *table) {
	t.table = t
	t.table.anon.Lock()
	t.anon.Lock()
}
