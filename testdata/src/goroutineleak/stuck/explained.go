package stuck

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

// opensGate wakes one of all that wait.
func opensGate(fs []func()) {
	var mu sync.Mutex
	opened := sync.NewCond(&mu)
	open := false
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() {
			mu.Lock()
			for !open {
				opened.Wait() // want `nobody wakes this opened.Wait: Signal wakes one, and others wait too; call opened.Broadcast`
			}
			mu.Unlock()
			f()
		})
	}
	mu.Lock()
	open = true
	opened.Signal()
	mu.Unlock()
	wg.Wait()
}

func opensGateToAll(fs []func()) {
	var mu sync.Mutex
	opened := sync.NewCond(&mu)
	open := false
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() {
			mu.Lock()
			for !open {
				opened.Wait()
			}
			mu.Unlock()
			f()
		})
	}
	mu.Lock()
	open = true
	opened.Broadcast()
	mu.Unlock()
	wg.Wait()
}

// addsLimited reads behind the last task that it starts.
func addsLimited(fs []func() int) (sum int) {
	var g errgroup.Group
	g.SetLimit(1)
	out := make(chan int)
	for _, f := range fs {
		g.Go(func() error { // want `g.Go waits for ever: its limit is taken by tasks that are stuck sending \(line \d+\)`
			out <- f()
			return nil
		})
	}
	go func() {
		_ = g.Wait()
		close(out)
	}()
	for n := range out {
		sum += n
	}
	return sum
}

func addsLimitedMeanwhile(fs []func() int) (sum int) {
	var g errgroup.Group
	g.SetLimit(1)
	out := make(chan int)
	go func() {
		for _, f := range fs {
			g.Go(func() error {
				out <- f()
				return nil
			})
		}
		_ = g.Wait()
		close(out)
	}()
	for n := range out {
		sum += n
	}
	return sum
}

func opensLate(f func()) error {
	var g errgroup.Group
	g.SetLimit(1)
	ready := make(chan struct{})
	g.Go(func() error {
		<-ready
		return nil
	})
	g.Go(func() error { // want `g.Go waits for ever: its limit is taken by tasks that wait \(line \d+\) for what comes behind`
		f()
		return nil
	})
	close(ready)
	return g.Wait()
}

// stopsAtFirst has closed nothing yet when it comes to its return.
func stopsAtFirst(rows []int) int {
	out := make(chan int)
	quit := make(chan struct{})
	defer close(quit)
	go func() {
		defer close(out)
		for _, row := range rows {
			out <- row // want `nobody receives this send on out once stopsAtFirst returns \(line \d+\)`
		}
	}()
	for row := range out {
		if row > 10 {
			return row
		}
	}
	return 0
}
