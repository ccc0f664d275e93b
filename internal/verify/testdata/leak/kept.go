package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// The cases of this file end by something that only their own code could do.

type lines struct {
	out  chan string
	stop chan struct{}
}

func openLines(all []string) *lines {
	l := &lines{out: make(chan string), stop: make(chan struct{})}
	go l.pump(all)
	return l
}

func (l *lines) pump(all []string) {
	defer close(l.out)
	for _, s := range all {
		select { // stuck abandoned-sender
		case l.out <- s:
		case <-l.stop:
			return
		}
	}
}

func (l *lines) close() { close(l.stop) }

var _ = run(func() { firstLines([]string{"a", "b", "c"}, 1) })

// firstLines forgets to close on its way out of the loop.
func firstLines(all []string, n int) (got []string) {
	l := openLines(all)
	for s := range l.out {
		if got = append(got, s); len(got) == n {
			return got
		}
	}
	l.close()
	return got
}

var _ = run(func() { firstLinesOK([]string{"a", "b", "c"}, 1) })

func firstLinesOK(all []string, n int) (got []string) {
	l := openLines(all)
	defer l.close()
	for s := range l.out {
		if got = append(got, s); len(got) == n {
			return got
		}
	}
	return got
}

// onceOpened ends at most once.
func onceOpened(all []string) (<-chan string, func()) {
	l := openLines(all)
	return l.out, sync.OnceFunc(l.close)
}

var _ = run(func() { onceOpenedOK([]string{"a", "b"}) })

func onceOpenedOK(all []string) string {
	out, stop := onceOpened(all)
	defer stop()
	return <-out
}

type task func() error

var _ = run(func() { guarded([]task{func() error { panic("task") }}) })

// guarded recovers from tasks that panic, and does not count those.
func guarded(tasks []task) error {
	var wg sync.WaitGroup
	errs := make([]error, len(tasks))
	for i, t := range tasks {
		wg.Add(1)
		go func() {
			defer func() {
				if p := recover(); p != nil {
					errs[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			errs[i] = t()
			wg.Done()
		}()
	}
	wg.Wait() // stuck group-never-done
	return errors.Join(errs...)
}

var _ = run(func() { guardedOK([]task{func() error { panic("task") }}) })

func guardedOK(tasks []task) error {
	var wg sync.WaitGroup
	errs := make([]error, len(tasks))
	for i, t := range tasks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if p := recover(); p != nil {
					errs[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			errs[i] = t()
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

// tree maps a name to the names below it.
type tree map[string][]string

// walk hears nothing of quit.
func (t tree) walk(name string, out chan<- string, quit <-chan struct{}) {
	out <- name // stuck abandoned-sender
	for _, c := range t[name] {
		t.walk(c, out, quit)
	}
}

func (t tree) walkOK(name string, out chan<- string, quit <-chan struct{}) {
	select {
	case out <- name:
	case <-quit:
		return
	}
	for _, c := range t[name] {
		t.walkOK(c, out, quit)
	}
}

var aTree = tree{"a": {"b", "c"}, "b": {"d"}}

var _ = run(func() { deepest(aTree, func(s string) bool { return s == "b" }) })

func deepest(t tree, want func(string) bool) string {
	out, quit := make(chan string), make(chan struct{})
	defer close(quit)
	go func() {
		defer close(out)
		t.walk("a", out, quit)
	}()
	for s := range out {
		if want(s) {
			return s
		}
	}
	return ""
}

var _ = run(func() { deepestOK(aTree, func(s string) bool { return s == "b" }) })

func deepestOK(t tree, want func(string) bool) string {
	out, quit := make(chan string), make(chan struct{})
	defer close(quit)
	go func() {
		defer close(out)
		t.walkOK("a", out, quit)
	}()
	for s := range out {
		if want(s) {
			return s
		}
	}
	return ""
}

var _ = run(func() { hedgedOK(dead(), works) })

// hedgedOK asks twice at most: a timer fires once.
func hedgedOK(ctx context.Context, ask func() error) error {
	answers := make(chan error, 2)
	go func() { answers <- ask() }()
	again := time.NewTimer(time.Millisecond)
	defer again.Stop()
	for {
		select {
		case err := <-answers:
			return err
		case <-again.C:
			go func() { answers <- ask() }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var _ = run(func() { hedged(soonDone(), func() error { time.Sleep(4 * time.Millisecond); return nil }) })

func soonDone() context.Context {
	ctx, cancel := soon()
	time.AfterFunc(time.Second, cancel)
	return ctx
}

// hedged has room for one.
func hedged(ctx context.Context, ask func() error) error {
	answers := make(chan error, 1)
	send := func() {
		answers <- ask() // stuck abandoned-sender
	}
	go send()
	again := time.NewTimer(time.Nanosecond)
	defer again.Stop()
	for {
		select {
		case err := <-answers:
			return err
		case <-again.C:
			go send()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type register struct{ all []*lines }

var _ = run(func() { _, _ = (&register{}).openOK([]string{"a"}, nil) })

// openOK keeps what it opens, unless that fails: a function that looks at an error
// does not change it.
func (r *register) openOK(all []string, note func(error)) (l *lines, err error) {
	defer func() {
		if err != nil && note != nil {
			note(err)
		}
	}()
	l = openLines(all)
	r.all = append(r.all, l)
	time.AfterFunc(time.Millisecond, l.close)
	return l, nil
}

type journal struct{ log chan string }

func (s *journal) note(text string) { s.log <- text } // stuck buffer-overfill

func (s *journal) all(names []string) {
	s.note("begin")
	for _, n := range names {
		s.note(n)
	}
}

var _ = run(func() { migrate([]string{"a", "b"}) })

// migrate has room for the steps only.
func migrate(names []string) (log []string) {
	s := &journal{log: make(chan string, len(names))}
	s.all(names)
	close(s.log)
	for text := range s.log {
		log = append(log, text)
	}
	return log
}

var _ = run(func() { migrateOK([]string{"a", "b"}) })

func migrateOK(names []string) (log []string) {
	s := &journal{log: make(chan string, len(names)+1)}
	s.all(names)
	close(s.log)
	for text := range s.log {
		log = append(log, text)
	}
	return log
}

type usageLog struct {
	in     chan string
	counts sync.Map
}

func newUsageLog() *usageLog {
	t := &usageLog{in: make(chan string, 8)}
	go t.drain()
	return t
}

// drain hands a part of the usageLog to code out of view, which gets at no other.
func (t *usageLog) drain() {
	for name := range t.in { // stuck abandoned-receiver
		t.counts.Store(name, true)
	}
}

var _ = run(func() { track("a", "b") })

func track(names ...string) (dropped int) {
	t := newUsageLog()
	for _, n := range names {
		select {
		case t.in <- n:
		default:
			dropped++
		}
	}
	return dropped
}

var _ = run(func() { trackOK("a", "b") })

func trackOK(names ...string) (dropped int) {
	t := newUsageLog()
	defer close(t.in)
	for _, n := range names {
		select {
		case t.in <- n:
		default:
			dropped++
		}
	}
	return dropped
}
