package groups

import (
	"context"
	"errors"
	"log"
	"sync"

	"golang.org/x/sync/errgroup"
)

func deferred(names []string, load func(string)) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, name := range names {
		if name == "" {
			return errors.New("no name")
		}
		wg.Go(func() { load(name) })
	}
	return nil
}

func deferredLiteral(check func() error, f func()) error {
	wg := new(sync.WaitGroup)
	stop := make(chan struct{})
	defer func() {
		close(stop)
		wg.Wait()
	}()
	wg.Go(f)
	return check()
}

func closer(fs []func() int) int {
	out := make(chan int, len(fs))
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() { out <- f() })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	sum := 0
	for v := range out {
		sum += v
	}
	return sum
}

func returned(f func() error) *errgroup.Group {
	g := new(errgroup.Group)
	g.Go(f)
	return g
}

func handed(f func() error, wait func(*errgroup.Group)) {
	var g errgroup.Group
	g.Go(f)
	wait(&g)
}

func waitFor(wg *sync.WaitGroup) { wg.Wait() }

func byFunction(f func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	waitFor(&wg)
}

type owner struct{ wg sync.WaitGroup }

func (o *owner) start(f func()) { o.wg.Go(f) }

func fatal(f func() error, check func() error) error {
	var g errgroup.Group
	g.Go(f)
	if err := check(); err != nil {
		log.Fatal(err)
	}
	return g.Wait()
}

// unless leaves out the wait on purpose: the condition stands around it.
func unless(hurry bool, f func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	if !hurry {
		wg.Wait()
	}
}

// counted learns of the end through the channel; the group only counts.
func counted(f func() int) int {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		out <- f()
	}()
	return <-out
}

func method(f func()) func() {
	var wg sync.WaitGroup
	wg.Go(f)
	return wg.Wait
}

// nested counts for a goroutine that is counted already.
func nested(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		wg.Add(1)
		go func() {
			defer wg.Done()
			f()
		}()
	}()
	wg.Wait()
}

// met waits until the goroutine has counted itself.
func met(f func()) {
	var wg, ready sync.WaitGroup
	ready.Add(1)
	go func() {
		wg.Add(1)
		defer wg.Done()
		ready.Done()
		f()
	}()
	ready.Wait()
	wg.Wait()
}

func linkedWaits(ctx context.Context, n int) error {
	g, gctx := errgroup.WithContext(ctx)
	if n < 0 {
		return errors.New("nothing is started yet")
	}
	g.Go(func() error { return gctx.Err() })
	return g.Wait()
}

func linkedReturned(ctx context.Context) (*errgroup.Group, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return ctx.Err() })
	return g, ctx
}

type linkedOwner struct{ g *errgroup.Group }

func (o *linkedOwner) start(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return ctx.Err() })
	o.g = g
}

func (o *linkedOwner) start2(ctx context.Context) {
	o.g, ctx = errgroup.WithContext(ctx)
	o.g.Go(func() error { return ctx.Err() })
}

func linkedWaiter(ctx context.Context) func() error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return ctx.Err() })
	return g.Wait
}

// The wait stands under the condition of the start, or under a note of it.
func sameCondition(parallel bool, f func()) {
	var wg sync.WaitGroup
	if parallel {
		wg.Go(f)
	} else {
		f()
	}
	println("between")
	if parallel {
		wg.Wait()
	}
}

func noted(names []string, f func(string)) {
	var wg sync.WaitGroup
	started := false
	for _, name := range names {
		if name != "" {
			started = true
			wg.Go(func() { f(name) })
		}
	}
	if started {
		wg.Wait()
	}
}

func notedInStruct(s *struct{ busy bool }, verbose bool, f func()) {
	var wg sync.WaitGroup
	if verbose {
		s.busy = true
		wg.Go(f)
	}
	if s.busy {
		wg.Wait()
	}
}

func ifAny(names []string, f func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { f(name) })
	}
	if len(names) > 0 {
		wg.Wait()
	}
}

func opened(open func() (func(), error)) error {
	var wg sync.WaitGroup
	f, err := open()
	if err == nil {
		wg.Go(f)
	}
	println("between")
	if err == nil {
		wg.Wait()
	}
	return err
}

func batches(all [][]string, f func(string)) {
	for _, batch := range all {
		var wg sync.WaitGroup
		for _, name := range batch {
			wg.Go(func() { f(name) })
		}
		wg.Wait()
	}
}

// A function that has failed has started nothing.
func failedAtOnce(name string, load func(string) error) error {
	g := new(errgroup.Group)
	if err := tryBegin(g, name, load); err != nil {
		return err
	}
	return g.Wait()
}

func tryBegin(group *errgroup.Group, name string, load func(string) error) error {
	if name == "" {
		return errors.New("no name")
	}
	group.Go(func() error { return load(name) })
	return nil
}

func launchedAndAwaited(names []string, load func(string) error) error {
	var g errgroup.Group
	start := func(name string) { g.Go(func() error { return load(name) }) }
	for _, name := range names {
		if name == "" {
			break
		}
		start(name)
	}
	return g.Wait()
}
