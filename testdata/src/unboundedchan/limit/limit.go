// Package limit sets limits too late.
package limit

import (
	"context"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func inside(names []string, visit func(string)) {
	slots := make(chan struct{}, 4)
	for _, n := range names {
		go func() {
			slots <- struct{}{} // want "slots is acquired inside the goroutine, so all of them start at once"
			defer func() { <-slots }()
			visit(n)
		}()
	}
}

func insideSelect(ctx context.Context, names []string, visit func(string)) {
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Go(func() {
			select {
			case slots <- struct{}{}: // want "slots is acquired inside the goroutine"
				defer func() { <-slots }()
				visit(n)
			case <-ctx.Done():
			}
		})
	}
	wg.Wait()
}

func insideWeighted(ctx context.Context, names []string, visit func(string)) {
	sem := semaphore.NewWeighted(4)
	for _, n := range names {
		go func() {
			if err := sem.Acquire(ctx, 1); err != nil { // want "sem is acquired inside the goroutine"
				return
			}
			defer sem.Release(1)
			visit(n)
		}()
	}
}

type crawler struct{ slots chan struct{} }

func newCrawler() *crawler { return &crawler{slots: make(chan struct{}, 4)} }

func (c *crawler) insideField(names []string, visit func(string)) {
	for _, n := range names {
		go c.visit(n, visit)
	}
}

func (c *crawler) visit(n string, visit func(string)) {
	c.slots <- struct{}{} // want "c.slots is acquired inside the goroutine"
	visit(n)
	<-c.slots
}

func before(names []string, visit func(string)) {
	slots := make(chan struct{}, 4)
	for _, n := range names {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			visit(n)
		}()
	}
}

// Three goroutines that share two slots are three goroutines.
func few(visit func(string)) {
	slots := make(chan struct{}, 2)
	for _, n := range []string{"a", "b", "c"} {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			visit(n)
		}()
	}
}

func late(names []string, visit func(string) error) error {
	var g errgroup.Group
	for _, n := range names[:min(3, len(names))] {
		g.Go(func() error { return visit(n) })
	}
	g.SetLimit(2) // want "the limit of g is set after goroutines have started"
	return g.Wait()
}

func again(visit func() error) error {
	var g errgroup.Group
	g.SetLimit(2)
	g.Go(visit)
	if err := g.Wait(); err != nil {
		return err
	}
	g.SetLimit(4)
	g.Go(visit)
	return g.Wait()
}

func eachTurn(visit func() error) error {
	for range 3 {
		var g errgroup.Group
		g.SetLimit(2)
		g.Go(visit)
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func nested(names [][]string, visit func(string) error) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, list := range names {
		g.Go(func() error {
			for _, n := range list {
				g.Go(func() error { return visit(n) }) // want "g.Go waits for a slot inside a goroutine that holds one"
			}
			return nil
		})
	}
	return g.Wait()
}

func nestedTry(names [][]string, visit func(string) error) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, list := range names {
		g.Go(func() error {
			for _, n := range list {
				if !g.TryGo(func() error { return visit(n) }) {
					return visit(n)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func nestedOther(names [][]string, visit func(string) error) error {
	var outer errgroup.Group
	outer.SetLimit(4)
	for _, list := range names {
		outer.Go(func() error {
			var inner errgroup.Group
			inner.SetLimit(4)
			for _, n := range list {
				inner.Go(func() error { return visit(n) })
			}
			return inner.Wait()
		})
	}
	return outer.Wait()
}

type node struct{ kids []*node }

func walkAll(root *node, visit func(*node) error) error {
	var g errgroup.Group
	g.SetLimit(4)
	walk(&g, root, visit)
	return g.Wait()
}

func walk(g *errgroup.Group, n *node, visit func(*node) error) {
	for _, kid := range n.kids {
		g.Go(func() error { // ok: a run that ends here is found, and group-never-done tells it
			walk(g, kid, visit)
			return visit(kid)
		})
	}
}

// Each level has a group of its own.
func walkOwn(n *node, visit func(*node) error) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, kid := range n.kids {
		g.Go(func() error { return walkOwn(kid, visit) })
	}
	return g.Wait()
}

func dropped(ctx context.Context, sem *semaphore.Weighted, visit func()) {
	sem.Acquire(ctx, 1) // want "the error of sem.Acquire is dropped"
	defer sem.Release(1)
	visit()
}

func blank(ctx context.Context, sem *semaphore.Weighted, visit func()) {
	_ = sem.Acquire(ctx, 1) // want "the error of sem.Acquire is dropped"
	defer sem.Release(1)
	visit()
}

func checked(ctx context.Context, sem *semaphore.Weighted, visit func()) error {
	if err := sem.Acquire(ctx, 1); err != nil {
		return err
	}
	defer sem.Release(1)
	visit()
	return nil
}

// Nothing ends the background context, so Acquire cannot fail.
func background(sem *semaphore.Weighted, visit func()) {
	_ = sem.Acquire(context.Background(), 1)
	defer sem.Release(1)
	visit()
}

// One semaphore, taken too late in two loops, is one defect.
func insideTwice(names []string, visit func(string)) {
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Go(func() {
			slots <- struct{}{} // want "slots is acquired inside the goroutine"
			defer func() { <-slots }()
			visit(n)
		})
	}
	wg.Wait()
	for _, n := range names {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			visit(n)
		})
	}
	wg.Wait()
}

type object struct{ name string }

// Who has all objects in memory can afford a goroutine for each.
func perObject(objects map[string]*object, visit func(string)) {
	slots := make(chan struct{}, 4)
	for _, o := range objects {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			visit(o.name)
		}()
	}
}

func perFile(dir string, visit func(string)) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	slots := make(chan struct{}, 4)
	for _, f := range files {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			visit(f.Name())
		}()
	}
	return nil
}

// Who takes all slots waits for those who hold them.
func joined(ctx context.Context, n int64, names []string, visit func(string)) {
	sem := semaphore.NewWeighted(n)
	for _, name := range names {
		if err := sem.Acquire(ctx, 1); err != nil {
			break
		}
		go func() {
			defer sem.Release(1)
			visit(name)
		}()
	}
	_ = sem.Acquire(ctx, n)
}

func joinedByHalf(ctx context.Context, visit func()) {
	sem := semaphore.NewWeighted(8)
	_ = sem.Acquire(ctx, 4) // want "the error of sem.Acquire is dropped"
	defer sem.Release(4)
	visit()
}
