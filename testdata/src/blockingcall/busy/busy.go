// Package busy holds loops that poll, and loops that have to.
package busy

import (
	"context"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

type state struct {
	mu    sync.Mutex
	ready atomic.Bool
	done  bool
	count int32
	queue []int
}

func (s *state) isDone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}

func sleeps(ready *atomic.Bool) {
	for !ready.Load() { // want "this loop polls !ready.Load.. every 50ms; let who changes it close a channel, or use sync.Cond"
		time.Sleep(50 * time.Millisecond)
	}
}

func yields(s *state) {
	for !s.ready.Load() { // want "this loop polls !s.ready.Load.. between runtime.Gosched calls"
		runtime.Gosched()
	}
}

func spins(s *state) {
	for atomic.LoadInt32(&s.count) > 0 { // want "this loop polls atomic.LoadInt32.&s.count. > 0 without pause"
	}
}

func field(s *state, d time.Duration) {
	for !s.done { // want "polls !s.done between time.Sleep calls"
		time.Sleep(d)
	}
}

func flag() {
	done := false
	go func() { done = true }()
	for !done { // want "polls !done without pause"
	}
}

func getter(s *state) {
	for !s.isDone() { // want "polls !s.isDone.. every 1s"
		time.Sleep(time.Second)
	}
}

func length(s *state) {
	for len(s.queue) == 0 { // want "polls len.s.queue. == 0 every 1ms"
		time.Sleep(time.Millisecond)
	}
}

func inside(s *state) {
	for { // want "polls s.ready.Load.. every 1ms"
		if s.ready.Load() {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func spinsInside(s *state) {
	for { // want "polls s.ready.Load.. without pause"
		if s.ready.Load() {
			break
		}
	}
}

func lockedInside(s *state) {
	for { // want "polls done every 1ms"
		s.mu.Lock()
		done := s.done
		s.mu.Unlock()
		if done {
			break
		}
		time.Sleep(time.Millisecond)
	}
}

func tries(mu *sync.Mutex) {
	for !mu.TryLock() { // want "polls !mu.TryLock.. every 1ms"
		time.Sleep(time.Millisecond)
	}
	mu.Unlock()
}

func asksContext(ctx context.Context) {
	for ctx.Err() == nil { // want "polls ctx.Err.. == nil every 1ms"
		time.Sleep(time.Millisecond)
	}
}

func pollsCancellably(s *state, quit <-chan struct{}) {
	for !s.ready.Load() { // want "polls !s.ready.Load.. every 1ms"
		select {
		case <-quit:
			return
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// Selects that a default keeps from waiting.

func emptyDefault(in <-chan int, quit <-chan struct{}) {
	for {
		select {
		case <-in:
		case <-quit:
			return
		default: // want "this default makes the loop spin while in is not ready; remove it, so that the select waits"
		}
	}
}

func breakDefault(in <-chan int) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return
			}
			_ = v
		default: // want "this default makes the loop spin"
			break
		}
	}
}

func sleepyDefault(in <-chan int, d time.Duration) {
	for {
		select {
		case <-in:
		default: // want "this default polls in between time.Sleep calls instead of waiting"
			time.Sleep(d)
		}
	}
}

func sleepBehind(in <-chan int) {
	for {
		select {
		case <-in:
			return
		default: // want "this default polls in every 1ms instead of waiting"
		}
		time.Sleep(time.Millisecond)
	}
}

func labelled(in <-chan int) {
loop:
	for {
		select {
		case <-in:
			break loop
		default: // want "polls in between runtime.Gosched calls"
			runtime.Gosched()
			continue loop
		}
	}
}

// What is fine.

func counted(s *state) bool {
	for i := 0; i < 10 && !s.ready.Load(); i++ {
		time.Sleep(time.Millisecond)
	}
	return s.ready.Load()
}

func deadline(s *state, end time.Time) {
	for !s.ready.Load() && time.Now().Before(end) {
		time.Sleep(time.Millisecond)
	}
}

func swap(n *atomic.Int32) {
	for !n.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
}

func add(n *atomic.Int32) {
	for {
		old := n.Load()
		if n.CompareAndSwap(old, old+1) {
			return
		}
	}
}

func outside(path string) {
	for {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func untilTimeout(s *state) {
	timeout := time.After(time.Second)
	for !s.ready.Load() {
		select {
		case <-timeout:
			return
		default:
		}
	}
}

func asksOutside(path string, quit <-chan struct{}) {
	for !exists(path) {
		select {
		case <-quit:
			return
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// The barrier of a lock-free queue: a few instructions of another goroutine.
func barrier(acquired, written *atomic.Uint32) {
	for acquired.Load() != written.Load() {
		runtime.Gosched()
	}
}

type item struct{ next *item }

func walks(i *item) {
	for {
		next := i.next
		if next == nil {
			return
		}
	}
}

func works(s *state, step func()) {
	for !s.ready.Load() {
		step()
		time.Sleep(time.Millisecond)
	}
}

func scans(b []byte) int {
	i := 0
	for i < len(b) && b[i] == ' ' {
		i++
	}
	return i
}

func drains(in <-chan int) {
	for {
		select {
		case <-in:
		default:
			return
		}
	}
}

func fills(out chan<- int, v int) {
	for {
		select {
		case out <- v:
			v++
		default:
			return
		}
	}
}

func looks(ctx context.Context, step func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		step()
	}
}

func worksInDefault(in <-chan int, step func()) {
	for {
		select {
		case <-in:
			return
		default:
			step()
		}
	}
}

func keepsAlive() {
	for {
		time.Sleep(time.Hour)
	}
}

func waits(s *state, cond *sync.Cond) {
	cond.L.Lock()
	for !s.done {
		cond.Wait()
	}
	cond.L.Unlock()
}

// A default that only counts.

type idler struct {
	jobs chan func()
	quit chan struct{}
	idle atomic.Int64
	n    int
}

func (w *idler) counts() {
	for {
		select {
		case <-w.quit:
			return
		case job := <-w.jobs:
			job()
		default: // want "this default makes the loop spin"
			w.n++
			continue
		}
	}
}

func (w *idler) countsAtomically() {
	for {
		select {
		case <-w.quit:
			return
		case job := <-w.jobs:
			job()
		default: // want "this default makes the loop spin"
			w.idle.Add(1)
		}
	}
}

func (w *idler) countsUp(limit int) {
	for {
		select {
		case <-w.quit:
			return
		default:
			if w.n++; w.n > limit {
				return
			}
		}
	}
}
