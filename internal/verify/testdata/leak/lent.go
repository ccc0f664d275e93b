package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// Code out of view that may only send on a channel helps no sender.

var _ = run(func() { _ = reportsBare(dead(), []string{"b", "a"}) })

// reportsBare: the callback hears ctx, the report of the error does not.
func reportsBare(ctx context.Context, names []string) error {
	found := make(chan error)
	go func() {
		i := slices.IndexFunc(names, func(name string) bool {
			select {
			case found <- errors.New(name):
			case <-ctx.Done():
			}
			return false
		})
		nap()
		if i < 0 {
			found <- errors.New("not found") // stuck abandoned-sender
		}
		close(found)
	}()
	for {
		select {
		case err, ok := <-found:
			if !ok {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var _ = run(func() { _ = reportsBareOK(dead(), []string{"b", "a"}) })

func reportsBareOK(ctx context.Context, names []string) error {
	found := make(chan error)
	go func() {
		defer close(found)
		i := slices.IndexFunc(names, func(name string) bool {
			select {
			case found <- errors.New(name):
			case <-ctx.Done():
			}
			return false
		})
		if i < 0 {
			select {
			case found <- errors.New("not found"):
			case <-ctx.Done():
			}
		}
	}()
	for {
		select {
		case err, ok := <-found:
			if !ok {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var _ = run(func() { _ = firstOfAll([]string{"", "", ""}) })

// firstOfAll: each worker may report, one report is read.
func firstOfAll(names []string) error {
	failed := make(chan error)
	go func() {
		defer close(failed)
		var wg sync.WaitGroup
		for _, name := range names {
			wg.Add(1)
			go func() {
				defer wg.Done()
				visit(name, failed)
			}()
		}
		wg.Wait() // also
	}()
	return <-failed
}

func visit(name string, failed chan error) {
	if name == "" {
		failed <- errors.New("no name") // stuck abandoned-sender
		return
	}
	walk := func(r rune) bool {
		if r == ' ' {
			failed <- errors.New(name)
		}
		return true
	}
	_ = strings.IndexFunc(name, walk)
}

var _ = run(func() { _ = drainsAll([]string{"", "", ""}) })

// drainsAll reads every report.
func drainsAll(names []string) (err error) {
	failed := make(chan error)
	go func() {
		defer close(failed)
		var wg sync.WaitGroup
		for _, name := range names {
			wg.Add(1)
			go func() {
				defer wg.Done()
				visit(name, failed)
			}()
		}
		wg.Wait()
	}()
	for e := range failed {
		err = errors.Join(err, e)
	}
	return err
}

var _ = run(func() { callbackReceives([]string{"a"}) })

// callbackReceives: the callback may take the value, so nothing is proved.
func callbackReceives(names []string) {
	ready := make(chan string)
	go func() {
		ready <- names[0]
	}()
	_ = slices.IndexFunc(names, func(string) bool { return <-ready != "" })
}

var _ = run(func() { callbackCloses([]string{"a"}) })

// callbackCloses: the callback may close, so that the range ends.
func callbackCloses(names []string) {
	done := make(chan string)
	go func() {
		for range done {
		}
	}()
	_ = slices.IndexFunc(names, func(string) bool { close(done); return true })
}

var _ = run(func() { _ = callbackSends([]string{"a"}) })

// callbackSends: whoever runs the callback is joined.
func callbackSends(names []string) string {
	out := make(chan string)
	go slices.IndexFunc(names, func(name string) bool { out <- name; return false })
	return <-out
}

var _ = run(func() { rebound([]string{"a"}) })

// rebound: the variable that the callback captures is given another channel.
func rebound(names []string) {
	out := make(chan string)
	send := func(name string) bool { out <- name; return false }
	out = make(chan string, 1)
	_ = slices.IndexFunc(names, send)
	<-out
}

var _ = run(func() { collectsUntilClosed([]string{"b", "a"}) })

// collectsUntilClosed: whoever has the sending end could close the channel, but
// then a send would panic and not wait.
func collectsUntilClosed(names []string) {
	paths := make(chan string)
	go gather(paths)
	defer close(paths)
	_ = slices.IndexFunc(names, func(name string) bool { return note(name, paths) })
	for _, name := range names {
		paths <- name
	}
}

func gather(paths <-chan string) {
	seen := make(map[string]bool)
	for p := range paths {
		seen[p] = true
	}
}

// note hands the sending end to code that the checker does not see.
var note = func(name string, paths chan<- string) bool { return name == "" }

// What code out of view may take, it need not take: the answer is still there.

type job struct{ answer func() error }

var _ = run(func() { _ = (&job{answer: works}).again() })

// again keeps the new function where others may find it, and calls it itself.
func (j *job) again() error {
	if err := j.answer(); err != nil {
		return err
	}
	j.answer = started()
	return j.answer()
}

// started returns what waits for an answer.
func started() func() error {
	errc := make(chan error, 1)
	go func() {
		nap()
		errc <- works()
	}()
	return func() error { return <-errc }
}

var _ = run(func() { _ = (&job{answer: works}).never() })

// never calls a function whose answer nobody sends.
func (j *job) never() error {
	errc := make(chan error, 1)
	answer := func() error {
		return <-errc // stuck abandoned-receiver
	}
	go func() {
		if err := fails(); err == nil {
			errc <- err
		}
	}()
	nap()
	return answer()
}
