package stuck

import (
	"context"
	"sync"
	"time"
)

func cancelTooLate(f func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { <-ctx.Done() })
	err := f()
	wg.Wait() // want `wg.Wait waits for goroutines that wait for ctx.Done\(\) on line \d+, and the cancel comes behind it; cancel first`
	return err
}

func cancelInTime(f func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { <-ctx.Done() })
	err := f()
	cancel()
	wg.Wait()
	return err
}

func beatTooLong(beat func()) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				beat()
			case <-stop:
				return
			}
		}
	}()
	wg.Wait() // want `wg.Wait never returns: its goroutine leaves only by stop \(line \d+\), which comes later; stop it first`
	close(stop)
}

func beatUntilError(beat func() error) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				if beat() != nil {
					return
				}
			case <-stop:
				return
			}
		}
	}()
	wg.Wait()
	close(stop)
}

func doneTooLate(beat func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-time.After(time.Second):
				beat()
			case <-stop:
				return
			}
		}
	}()
	<-done // want `nothing comes from done: the other side leaves only by stop \(line \d+\), which comes later; stop it first`
	close(stop)
}

func workersTooLate(work func(int), in []int) {
	jobs := make(chan int)
	var wg sync.WaitGroup
	defer close(jobs)
	defer wg.Wait() // want `wg.Wait waits for goroutines that receive on line \d+, and the close that ends them comes behind it; close first`
	wg.Go(func() {
		for j := range jobs {
			work(j)
		}
	})
	for _, i := range in {
		jobs <- i
	}
}

func gateTooLate(work func()) {
	gate := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		<-gate
		work()
	})
	wg.Wait() // want `wg.Wait waits for goroutines that receive on line \d+, and the close that ends them comes behind it; close first`
	close(gate)
}

func watch(hello func() error, bye func()) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done() // want `nobody cancels ctx once watch returns \(line \d+\), and this wait never ends; cancel it on every path`
		bye()
	}()
	if err := hello(); err != nil {
		return err
	}
	cancel()
	return nil
}

func watchWell(hello func() error, bye func()) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-ctx.Done()
		bye()
	}()
	return hello()
}

func stopsTooLate(work func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	defer close(stop)
	go func() {
		defer close(done)
		work()
		<-stop
	}()
	<-done // want `nothing comes from done: the other side waits on line \d+ for what comes behind this wait; end that first`
}

func stopsInTime(work func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		work()
		<-stop
	}()
	close(stop)
	<-done
}
