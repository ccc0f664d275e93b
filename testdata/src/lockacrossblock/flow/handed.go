package flow

import (
	"iter"
	"net/http"
	"sync"

	"golang.org/x/sync/singleflight"
)

// A vault runs what it is handed under its lock.
type vault struct {
	mu sync.RWMutex
	m  map[string]int
	fs []func()
}

func (v *vault) with(f func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f()
}

func (v *vault) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.m)
}

func (v *vault) reenters() (n int) {
	v.with(func() {
		n = v.Len() // want "vault.Len locks v.mu, which is held already"
	})
	return n
}

func (v *vault) looks() (n int) {
	v.with(func() { n = len(v.m) })
	return n
}

func (v *vault) looksAt(w *vault) (n int) {
	v.with(func() { n = w.Len() })
	return n
}

// without calls it when the lock is free again.
func (v *vault) without(f func()) {
	v.mu.Lock()
	clear(v.m)
	v.mu.Unlock()
	f()
}

func (v *vault) afterwards() (n int) {
	v.without(func() { n = v.Len() })
	return n
}

// sometimes calls it with the lock and without.
func (v *vault) sometimes(f func()) {
	f()
	v.mu.Lock()
	defer v.mu.Unlock()
	f()
}

func (v *vault) mixed() (n int) {
	v.sometimes(func() { n = v.Len() })
	return n
}

// keeps remembers it for later.
func (v *vault) keeps(f func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fs = append(v.fs, f)
}

func (v *vault) later() (n int) {
	v.keeps(func() { n = v.Len() })
	return n
}

// All holds the read lock while the loop's body runs.
func (v *vault) All(yield func(string, int) bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for k, n := range v.m {
		if !yield(k, n) {
			return
		}
	}
}

func (v *vault) put(k string) {
	v.mu.Lock()
	v.m[k]++
	v.mu.Unlock()
}

func (v *vault) bumpAll() {
	for k := range v.All {
		v.put(k) // want "vault.put locks v.mu, which is held already"
	}
}

func (v *vault) bumpLater() {
	var ks []string
	for k := range v.All {
		ks = append(ks, k)
	}
	for _, k := range ks {
		v.put(k)
	}
}

// Keys returns an iterator that holds the lock.
func (v *vault) Keys() iter.Seq[string] {
	return func(yield func(string) bool) {
		v.mu.Lock()
		defer v.mu.Unlock()
		for k := range v.m {
			if !yield(k) {
				return
			}
		}
	}
}

func (v *vault) fetchAll() {
	for k := range v.Keys() {
		_, _ = http.Get("http://" + k) // want "v.mu is held across http.Get"
	}
}

func (v *vault) drop() {
	for k := range v.Keys() {
		v.put(k) // want "vault.put locks v.mu, which is held already"
	}
}

// guarded is handed the lock as well.
func guarded(l sync.Locker, f func() error) error {
	l.Lock()
	defer l.Unlock()
	return f()
}

func (v *vault) refresh() error {
	return guarded(&v.mu, func() error {
		_, err := http.Get("http://x/") // want "v.mu is held across http.Get"
		return err
	})
}

// once lets one of many fetch, with the lock that it needs to store.
func (v *vault) once(g *singleflight.Group, k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, _, _ = g.Do(k, func() (any, error) {
		v.put(k) // want "vault.put locks v.mu, which is held already"
		return nil, nil
	})
}
