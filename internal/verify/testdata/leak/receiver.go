package main

import (
	"context"
	"sync"
)

var _ = run(func() { unclosed([]int{1, 2}) })

func unclosed(in []int) {
	ch := make(chan int)
	go func() {
		for v := range ch { // stuck abandoned-receiver
			_ = v
		}
	}()
	for _, v := range in {
		ch <- v
	}
}

var _ = run(func() { closedOK([]int{1, 2}) })

func closedOK(in []int) {
	ch := make(chan int)
	go func() {
		for v := range ch {
			_ = v
		}
	}()
	for _, v := range in {
		ch <- v
	}
	close(ch)
}

var _ = run(func() { _ = closedLate([]int{1, 2}) })

func closedLate(in []int) error {
	ch := make(chan int)
	go func() {
		for v := range ch { // stuck abandoned-receiver
			_ = v
		}
	}()
	for _, v := range in {
		ch <- v
		if err := fails(); err != nil {
			return err
		}
	}
	close(ch)
	return nil
}

var _ = run(func() { _ = closedDeferred([]int{1, 2}) })

func closedDeferred(in []int) error {
	ch := make(chan int)
	defer close(ch)
	go func() {
		for v := range ch {
			_ = v
		}
	}()
	for _, v := range in {
		ch <- v
		if err := fails(); err != nil {
			return err
		}
	}
	return nil
}

var _ = run(func() { pool([]int{1, 2, 3}, 2) })

func pool(in []int, workers int) {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs { // stuck abandoned-receiver
				_ = j
			}
		})
	}
	for _, v := range in {
		jobs <- v
	}
}

var _ = run(func() { poolOK([]int{1, 2, 3}, 2) })

func poolOK(in []int, workers int) {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				_ = j
			}
		}()
	}
	for _, v := range in {
		jobs <- v
	}
	close(jobs)
	wg.Wait()
}

var _ = run(func() { poolResults([]int{1, 2, 3}, 2) })

func poolResults(in []int, workers int) (sum int) {
	jobs, results := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go worker(&wg, jobs, results)
	}
	go func() {
		for _, v := range in {
			jobs <- v
		}
		close(jobs)
	}()
	go func() { wg.Wait(); close(results) }()
	for r := range results {
		sum += r
	}
	return sum
}

func worker(wg *sync.WaitGroup, jobs <-chan int, results chan<- int) {
	defer wg.Done()
	for j := range jobs {
		results <- j * 2
	}
}

var _ = run(func() { _ = missingSend(fails) })

func missingSend(f func() error) int {
	ch := make(chan int)
	go func() {
		if f() != nil {
			return
		}
		ch <- 1
	}()
	return <-ch // stuck abandoned-receiver
}

var _ = run(func() { _ = missingSendOK(fails) })

func missingSendOK(f func() error) int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		if f() != nil {
			return
		}
		ch <- 1
	}()
	return <-ch
}

var _ = run(func() { gate(fails) })

func gate(f func() error) {
	ready := make(chan struct{})
	go func() {
		<-ready // stuck abandoned-receiver
	}()
	if f() != nil {
		return
	}
	close(ready)
}

var _ = run(func() { gateOK(fails) })

func gateOK(f func() error) {
	ready := make(chan struct{})
	defer func() { close(ready) }()
	go func() { <-ready }()
	if f() != nil {
		return
	}
}

var _ = run(func() { tooMany([]int{1, 2}) })

func tooMany(in []int) {
	ch := make(chan int)
	for _, v := range in {
		go func() { ch <- v }()
	}
	for range in {
		<-ch
	}
	<-ch // stuck abandoned-receiver
}

var _ = run(func() { pipeline([]int{1, 2, 3}) })

func pipeline(in []int) (sum int) {
	a, b := make(chan int), make(chan int)
	go func() {
		defer close(a)
		for _, v := range in {
			a <- v
		}
	}()
	go func() {
		defer close(b)
		for v := range a {
			b <- v * v
		}
	}()
	for v := range b {
		sum += v
	}
	return sum
}

var _ = run(func() { pipelineUnclosed([]int{1, 2, 3}) })

func pipelineUnclosed(in []int) (sum int) {
	a, b := make(chan int), make(chan int)
	go func() {
		for _, v := range in {
			a <- v
		}
	}()
	go func() {
		defer close(b)
		for v := range a { // stuck abandoned-receiver
			b <- v * v
		}
	}()
	for v := range b { // also
		sum += v
	}
	return sum
}

var _ = run(func() { waitCtx(dead()) })

func waitCtx(ctx context.Context) {
	ch := make(chan int)
	go func() {
		select {
		case <-ch:
		case <-ctx.Done():
		}
	}()
}

var _ = run(func() { ownCancelOK(fails) })

func ownCancelOK(f func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-ctx.Done() }()
	if f() != nil {
		return
	}
}

var _ = run(func() { merge([]int{1}, []int{2}) })

func merge(x, y []int) (n int) {
	a, b := feed(x), feed(y)
	for a != nil || b != nil {
		select {
		case _, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			n++
		case _, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			n++
		}
	}
	return n
}

func feed(in []int) <-chan int {
	ch := make(chan int)
	go func() {
		for _, v := range in {
			ch <- v
		}
		close(ch)
	}()
	return ch
}

var _ = run(func() {
	in := make(chan int)
	close(in)
	relay(in)
})

var _ = run(func() {
	in := make(chan int, 2)
	in <- 1
	in <- 2
	relay(in)
})

func relay(in <-chan int) (sum int) {
	out := make(chan int)
	go func() {
		for {
			select {
			case v, ok := <-in:
				if !ok {
					return
				}
				out <- v // stuck abandoned-sender
			}
		}
	}()
	return sum + <-out // stuck abandoned-receiver
}

var _ = run(func() { stopsTooLate() })

// stopsTooLate waits for a goroutine that waits for the deferred close.
func stopsTooLate() {
	stop, done := make(chan struct{}), make(chan struct{})
	defer close(stop)
	go func() {
		defer close(done)
		<-stop // also
	}()
	<-done // stuck abandoned-receiver
}

var _ = run(func() { stopsInTime() })

func stopsInTime() {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		<-stop
	}()
	close(stop)
	<-done
}
