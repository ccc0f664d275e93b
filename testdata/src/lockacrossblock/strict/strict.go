// Package strict holds what only level strict reports.
package strict

import (
	"context"
	"net"
	"os"
	"sync"
	"time"
)

type state struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	c    net.Conn
	wg   sync.WaitGroup
	out  chan int
	done chan struct{}
	hook func(int)
	n    int
}

func (s *state) touch() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.rw.Lock()
	s.n++
	s.rw.Unlock()
}

func (s *state) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out <- 0 // want "s.mu is held across a send on s.out .* .chan-op-under-lock."
}

func (s *state) CloseRead() {
	s.rw.RLock()
	defer s.rw.RUnlock()
}

func (s *state) Stop() {
	s.rw.RLock()
	defer s.rw.RUnlock()
	<-s.done // want "s.rw is held across a receive from s.done .*rlock-across-wait"
}

func (s *state) timed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select { // want "chan-op-under-lock"
	case s.out <- 1:
	case <-time.After(time.Second):
	}
}

func (s *state) joins() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wg.Wait() // want "wait-under-lock"
}

func (s *state) writes(b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.c.Write(b) // want "s.mu is held across s.c.Write .*io-under-lock"
}

func (s *state) reads(b []byte) {
	s.rw.RLock()
	defer s.rw.RUnlock()
	_, _ = s.c.Read(b) // want "s.rw is held across s.c.Read .*rlock-across-wait"
}

func (s *state) saves(b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = os.WriteFile("x", b, 0o600) // want "file-io-under-lock"
}

func (s *state) calls(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()       // want "s.mu is held across a call of f .*callback-under-lock"
	s.hook(1) // want "s.mu is held across a call of hook .*callback-under-lock"
}

func (s *state) cancels(cancel context.CancelFunc, stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	cancel()
	stop() // want "s.mu is held across a call of stop .*callback-under-lock"
}

func (s *state) callsFree(f func()) {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	f()
}

func (s *state) emit(v int)  { s.out <- v }
func (s *state) relay(v int) { s.pass(v) }
func (s *state) pass(v int)  { s.emit(v) }

func (s *state) far(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.relay(v) // want "lock-across-call"
}

type account struct {
	mu sync.Mutex
	id int
	n  int
}

func transfer(from, to *account) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want "to.mu is locked under from.mu in the order of the arguments"
	defer to.mu.Unlock()
	from.n, to.n = from.n-1, to.n+1
}

func ordered(a, b *account) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.n, b.n = a.n-1, b.n+1
}
