// Package groups waits for goroutines in unusual places.
package groups

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

type nursery struct {
	sync.WaitGroup
	*errgroup.Group
	groups [2]errgroup.Group
	byName map[string]*sync.WaitGroup
	sem    *semaphore.Weighted
}

type waiter interface {
	Add(int)
	Done()
	Wait()
}

func all(ctx context.Context, n *nursery, w waiter, k int) (err error) {
	n.Add(k)
	n.Add(-k)
	n.WaitGroup.Add(len(n.byName))
	for range k {
		n.WaitGroup.Go(n.WaitGroup.Done)
	}
	go n.Done()
	defer n.WaitGroup.Wait()
	defer func() { err = n.Group.Wait() }()
	n.groups[0].Go(func() error { return n.groups[1].Wait() })
	n.groups[k].SetLimit(-1)
	n.byName["x"].Wait()
	w.Add(1)
	go func() { w.Wait(); w.Done() }()
	wg := new(sync.WaitGroup)
	done := wg.Done
	wg.Add(1)
	defer done()
	go func(wg sync.WaitGroup) { wg.Done() }(*wg)
	g, _ := errgroup.WithContext(nil)
	g.Go(nil)
	g.TryGo(g.Wait)
	g, ctx = errgroup.WithContext(ctx)
	g.Go(func() error {
		g.Go(func() error { return g.Wait() })
		return ctx.Err()
	})
	_ = n.sem.Acquire(ctx, int64(k))
	n.sem.Release(1 << 40)
	(&errgroup.Group{}).Wait()
	var zero errgroup.Group
	gs := []*errgroup.Group{g, &zero, nil}
	for _, g := range gs {
		g.Go(func() error { <-ctx.Done(); return nil })
	}
	return gs[0].Wait()
}
