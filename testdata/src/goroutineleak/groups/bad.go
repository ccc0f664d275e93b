// Package groups leaves groups without a Wait.
package groups

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
)

func never(a, b func() error) {
	var g errgroup.Group
	g.Go(a) // want "nobody waits for g: its goroutines outlive never"
	g.Go(b)
}

func pointer(a func()) {
	wg := new(sync.WaitGroup)
	wg.Add(1)
	go func() { // want "nobody waits for wg"
		defer wg.Done()
		a()
	}()
}

func early(names []string, load func(string) error) error {
	var g errgroup.Group
	for _, name := range names {
		if name == "" {
			return errors.New("no name") // want "this return leaves the goroutines of g behind"
		}
		g.Go(func() error { return load(name) })
	}
	return g.Wait()
}

func earlyAdd(n int, check func() error, f func(int)) error {
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(i)
		}()
	}
	if err := check(); err != nil {
		return err // want "this return leaves the goroutines of wg behind"
	}
	wg.Wait()
	return nil
}

func earlyGo(check func() error, f func()) error {
	var wg sync.WaitGroup
	wg.Go(f)
	err := check()
	switch {
	case err != nil:
		return err // want "this return leaves the goroutines of wg behind"
	}
	wg.Wait()
	return nil
}

func lateAdd(fs []func()) {
	var wg sync.WaitGroup
	for _, f := range fs {
		go func() {
			wg.Add(1) // want "wg.Add runs inside the goroutine, so Wait .* may return before it; call Add before the go statement"
			defer wg.Done()
			f()
		}()
	}
	wg.Wait()
}

func linked(ctx context.Context, n int) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return gctx.Err() })
	if n < 0 {
		return errors.New("negative") // want "this return leaves the goroutines of g behind"
	}
	return g.Wait()
}

func linkedLimited(ctx context.Context, n int) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for range n {
		g.Go(func() error { return ctx.Err() }) // want "nobody waits for g"
	}
}

func linkedVar(ctx context.Context, n int) error {
	var g *errgroup.Group
	g, ctx = errgroup.WithContext(ctx)
	g.Go(func() error { return ctx.Err() })
	if err := ctx.Err(); err != nil {
		return err // want "this return leaves the goroutines of g behind"
	}
	g.Go(func() error { return ctx.Err() })
	return g.Wait()
}

// The condition of the wait has nothing to do with the start.
func traced(trace bool, f func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	if trace {
		wg.Wait() // want "the way around this Wait leaves the goroutines of wg behind"
	}
}

func crossed(parallel, verbose bool, f func()) error {
	var g errgroup.Group
	if parallel {
		g.Go(func() error { f(); return nil })
	}
	if verbose {
		if err := g.Wait(); err != nil {
			return err
		}
	}
	println("over")
	return nil // want "this return leaves the goroutines of g behind"
}

func onSuccess(names []string, load func(string), check func(string) error) (err error) {
	var wg sync.WaitGroup
	for _, name := range names {
		if err = check(name); err != nil {
			break
		}
		wg.Go(func() { load(name) })
	}
	if err == nil {
		wg.Wait()
	}
	return err // want "this return leaves the goroutines of wg behind"
}

func jumps(names []string, load func(string), check func(string) error) (n int) {
	wg := new(sync.WaitGroup)
	for _, name := range names {
		if check(name) != nil {
			goto end
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			load(name)
		}()
	}
	wg.Wait()
	n = len(names)
end:
	return n // want "this return leaves the goroutines of wg behind"
}

func impatient(ctx context.Context, ready <-chan bool, f func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	select {
	case <-ready:
		wg.Wait() // want "the way around this Wait leaves the goroutines of wg behind"
	case <-ctx.Done():
	}
}

// A literal or a function that starts the goroutines.
func launched(names []string, load func(string) error) error {
	var g errgroup.Group
	start := func(name string) { g.Go(func() error { return load(name) }) }
	for _, name := range names {
		if name == "" {
			return errors.New("no name") // want "this return leaves the goroutines of g behind"
		}
		start(name)
	}
	return g.Wait()
}

func launchedByFunction(names []string, load func(string) error) error {
	g := new(errgroup.Group)
	for _, name := range names {
		if err := begin(g, name, load); err != nil {
			return err // want "this return leaves the goroutines of g behind"
		}
	}
	return g.Wait()
}

func begin(group *errgroup.Group, name string, load func(string) error) error {
	if name == "" {
		return errors.New("no name")
	}
	group.Go(func() error { return load(name) })
	return nil
}
