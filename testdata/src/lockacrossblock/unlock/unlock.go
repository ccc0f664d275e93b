// Package unlock holds returns that leave locks held.
package unlock

import (
	"errors"
	"iter"
	"sync"
)

type table struct {
	mu sync.Mutex
	rw sync.RWMutex
	m  map[string]int
}

var errMissing = errors.New("missing")

func (t *table) early(k string) error {
	t.mu.Lock()
	if _, ok := t.m[k]; !ok {
		return errMissing // want "t.mu is still locked at this return .locked on line [0-9]+., other returns unlock it"
	}
	delete(t.m, k)
	t.mu.Unlock()
	return nil
}

func (t *table) inSwitch(k string, n int) {
	t.rw.RLock()
	switch {
	case n == 0:
		return // want "t.rw is still locked at this return"
	case n == 1:
		t.rw.RUnlock()
		return
	}
	t.rw.RUnlock()
}

func (t *table) deferred(k string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.m[k]; !ok {
		return errMissing
	}
	return nil
}

func (t *table) deferredLate(k string) error {
	t.mu.Lock()
	if t.m == nil {
		t.mu.Unlock()
		return errMissing
	}
	defer t.mu.Unlock()
	return nil
}

func (t *table) deferredTooLate(k string) error {
	t.mu.Lock()
	if t.m == nil {
		return errMissing // want "t.mu is still locked at this return"
	}
	defer t.mu.Unlock()
	delete(t.m, k)
	return nil
}

func (t *table) correlated(lock bool) int {
	if lock {
		t.mu.Lock()
	}
	n := len(t.m)
	if lock {
		t.mu.Unlock()
	}
	return n
}

type held struct {
	mu   sync.Mutex
	n    int
	rest []func()
}

func (h *held) lockIfNeeded(need bool) bool {
	h.mu.Lock()
	if need {
		return true
	}
	h.mu.Unlock()
	return false
}

func (h *held) handsOut(ok bool) (func(), error) {
	h.mu.Lock()
	if ok {
		return h.mu.Unlock, nil
	}
	h.mu.Unlock()
	return nil, errMissing
}

type txn struct {
	mu sync.Mutex
	n  int
}

func (t *txn) open(ok bool) bool {
	t.mu.Lock()
	if ok {
		return true
	}
	t.mu.Unlock()
	return false
}

func (t *txn) commit() {
	t.n++
	t.mu.Unlock()
}

type viaLiteral struct {
	mu sync.Mutex
	n  int
}

func (v *viaLiteral) get(k int) int {
	v.mu.Lock()
	done := func() { v.mu.Unlock() }
	if k == 0 {
		done()
		return 0
	}
	v.n++
	v.mu.Unlock()
	return v.n
}

func methodValue(mu *sync.RWMutex, m map[string]int, k string) int {
	mu.RLock()
	release := mu.RUnlock
	if v, ok := m[k]; ok {
		release()
		return v
	}
	release()
	return 0
}

type tried struct {
	mu sync.Mutex
	n  int
}

func (t *tried) try() bool {
	if !t.mu.TryLock() {
		return false
	}
	t.n++
	t.mu.Unlock()
	return true
}

type iterated struct {
	mu sync.Mutex
	n  int
}

func (i *iterated) find(seq iter.Seq[int], want int) bool {
	i.mu.Lock()
	for v := range seq {
		if v == want {
			i.mu.Unlock()
			return true
		}
	}
	i.mu.Unlock()
	return false
}

type looped struct {
	mu sync.Mutex
	n  int
}

func (l *looped) spin() int {
	for {
		l.mu.Lock()
		if l.n > 0 {
			l.mu.Unlock()
			break
		}
		if l.n < 0 {
			return -1 // want "l.mu is still locked at this return"
		}
		l.mu.Unlock()
	}
	return l.n
}

func (l *looped) panics() {
	l.mu.Lock()
	if l.n == 0 {
		panic("empty")
	}
	l.mu.Unlock()
}

func start(l *looped) {
	go func() {
		l.mu.Lock()
		if l.n == 0 {
			return // want "l.mu is still locked at this return"
		}
		l.mu.Unlock()
	}()
}

type turns struct {
	mu sync.Mutex
	n  int
}

func (t *turns) ranges(xs []int) {
	for _, x := range xs {
		t.mu.Lock()
		if x == 0 {
			continue // want "t.mu is still locked when the loop comes round and locks it again .on line"
		}
		t.n += x
		t.mu.Unlock()
	}
}

func (t *turns) counts() {
	for i := range 10 {
		t.mu.Lock()
		if i == 3 {
			continue // want "t.mu is still locked when the loop comes round"
		}
		t.mu.Unlock()
	}
}

func (t *turns) unlocks(xs []int) {
	for _, x := range xs {
		t.mu.Lock()
		if x == 0 {
			t.mu.Unlock()
			continue
		}
		t.n += x
		t.mu.Unlock()
	}
}

func (t *turns) flagged(xs []int) {
	for _, x := range xs {
		t.mu.Lock()
		free := x == 0
		if free {
			t.mu.Unlock()
		}
		t.n += x
		if !free {
			t.mu.Unlock()
		}
	}
}

func (t *turns) pauses(f func() bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		t.mu.Unlock()
		ok := f()
		t.mu.Lock()
		if !ok {
			continue
		}
		return
	}
}

type passedOn struct {
	mu   sync.Mutex
	full chan bool
}

// produce leaves the lock to consume, turn by turn.
func (p *passedOn) produce() {
	for i := range 10 {
		p.mu.Lock()
		if i%2 == 0 {
			continue
		}
		p.mu.Unlock()
	}
}

func (p *passedOn) consume() { p.mu.Unlock() }

type blocks struct {
	mu sync.Mutex
	m  map[int]int
}

func (b *blocks) readBlock(k int) (int, error) {
	b.mu.Lock()
	v, ok := b.m[k]
	if !ok {
		return 0, errMissing // want "b.mu is still locked at this return"
	}
	b.mu.Unlock()
	return v, nil
}
