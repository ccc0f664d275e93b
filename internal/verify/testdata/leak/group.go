package main

import (
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
)

var _ = run(func() { skipped([]func() error{fails, works}) })

func skipped(fs []func() error) {
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Add(1)
		go func() {
			if err := f(); errors.Is(err, errBad) {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // stuck group-never-done
}

var _ = run(func() { skippedOK([]func() error{fails, works}) })

func skippedOK(fs []func() error) {
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := f(); errors.Is(err, errBad) {
				return
			}
		}()
	}
	wg.Wait()
}

var _ = run(func() { addAll([]int{1, 2}) })

func addAll(in []int) {
	var wg sync.WaitGroup
	wg.Add(len(in))
	for range in {
		go func() {
			defer wg.Done()
			nap()
		}()
	}
	wg.Wait()
}

var _ = run(func() { addTooMany([]int{1, 2}) })

func addTooMany(in []int) {
	var wg sync.WaitGroup
	wg.Add(len(in) + 1)
	for range in {
		go wg.Done()
	}
	for range in {
		go func() {
			nap()
		}()
	}
	wg.Wait() // stuck group-never-done
}

var _ = run(func() { addBeforeFilter([]int{1, 0}) })

func addBeforeFilter(in []int) {
	var wg sync.WaitGroup
	for _, v := range in {
		wg.Add(1)
		if v == 0 {
			continue
		}
		go func() {
			defer wg.Done()
			nap()
		}()
	}
	wg.Wait() // stuck group-never-done
}

var _ = run(func() { waitFirst([]int{1, 2}) })

func waitFirst(in []int) (out []int) {
	ch := make(chan int)
	var wg sync.WaitGroup
	for _, v := range in {
		wg.Go(func() {
			ch <- v // also unseen
		})
	}
	wg.Wait() // stuck wait-before-receive unseen
	close(ch)
	for v := range ch {
		out = append(out, v)
	}
	return out
}

var _ = run(func() { waitFirstOK([]int{1, 2}) })

func waitFirstOK(in []int) (out []int) {
	ch := make(chan int, len(in))
	var wg sync.WaitGroup
	for _, v := range in {
		wg.Go(func() { ch <- v })
	}
	wg.Wait()
	close(ch)
	for v := range ch {
		out = append(out, v)
	}
	return out
}

var _ = run(func() { waitBeside([]int{1, 2}) })

func waitBeside(in []int) (out []int) {
	ch := make(chan int)
	var wg sync.WaitGroup
	for _, v := range in {
		wg.Go(func() { ch <- v })
	}
	go func() {
		wg.Wait()
		close(ch)
	}()
	for v := range ch {
		out = append(out, v)
	}
	return out
}

var _ = run(func() { _ = waitBesideLeft([]int{1, 2, 3}) })

func waitBesideLeft(in []int) error {
	ch := make(chan int)
	var wg sync.WaitGroup
	for _, v := range in {
		wg.Go(func() {
			ch <- v // stuck abandoned-sender unseen
		})
	}
	go func() {
		wg.Wait() // also unseen
		close(ch)
	}()
	for v := range ch {
		if v > 0 {
			return errBad
		}
	}
	return nil
}

var _ = run(func() { _ = groupWait() })

func groupWait() error {
	var g errgroup.Group
	ch := make(chan int)
	g.Go(func() error {
		ch <- 1 // also
		return nil
	})
	if err := g.Wait(); err != nil { // stuck wait-before-receive
		return err
	}
	<-ch
	return nil
}

var _ = run(func() { _ = groupOK([]int{1, 2}) })

func groupOK(in []int) error {
	var g errgroup.Group
	out := make([]int, len(in))
	for i, v := range in {
		g.Go(func() error {
			out[i] = v
			return nil
		})
	}
	return g.Wait()
}

var _ = run(func() { semaphore([]int{1, 2, 3}) })

func semaphore(in []int) {
	sem := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for range in {
		wg.Add(1)
		sem <- struct{}{}
		go func() {
			defer wg.Done()
			defer func() { <-sem }()
			nap()
		}()
	}
	wg.Wait()
}

var _ = run(func() { semaphoreKept([]int{1, 2, 3}) })

func semaphoreKept(in []int) {
	sem := make(chan struct{}, 1)
	for range in {
		sem <- struct{}{} // stuck abandoned-sender
		go func() {
			if fails() != nil {
				return
			}
			<-sem
		}()
	}
}

type nested struct{ wg sync.WaitGroup }

func (n *nested) spawn(f func()) {
	n.wg.Add(1)
	go func() {
		defer n.wg.Done()
		f()
	}()
}

var _ = run(func() { nestedWait() })

func nestedWait() {
	n := &nested{}
	ch := make(chan int)
	n.spawn(func() {
		ch <- 1 // also
	})
	n.wg.Wait() // stuck wait-before-receive
	<-ch
}

var _ = run(func() { nestedOK() })

func nestedOK() {
	n := &nested{}
	ch := make(chan int)
	n.spawn(func() { ch <- 1 })
	<-ch
	n.wg.Wait()
}

var _ = run(func() { recovered() })

func recovered() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { _ = recover() }()
		if fails() != nil {
			panic("boom")
		}
		wg.Done()
	}()
	wg.Wait() // stuck group-never-done
}

var _ = run(func() { recoveredOK() })

func recoveredOK() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() { _ = recover() }()
		if fails() != nil {
			panic("boom")
		}
	}()
	wg.Wait()
}
