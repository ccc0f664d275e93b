// Package deadlock stands for github.com/sasha-s/go-deadlock.
package deadlock

import "sync"

// Mutex is a sync.Mutex that watches itself.
type Mutex struct{ mu sync.Mutex }

func (m *Mutex) Lock()         { m.mu.Lock() }
func (m *Mutex) TryLock() bool { return m.mu.TryLock() }
func (m *Mutex) Unlock()       { m.mu.Unlock() }

// RWMutex is a sync.RWMutex that watches itself.
type RWMutex struct{ mu sync.RWMutex }

func (m *RWMutex) Lock()    { m.mu.Lock() }
func (m *RWMutex) RLock()   { m.mu.RLock() }
func (m *RWMutex) Unlock()  { m.mu.Unlock() }
func (m *RWMutex) RUnlock() { m.mu.RUnlock() }
