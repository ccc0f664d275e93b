package main

import (
	"context"
	"sync"
	"time"
)

// Joins that come before what ends the goroutines they wait for. The runtime
// does not see those whose goroutine still moves.

var _ = run(func() { cancelAfterWait(works) })

func cancelAfterWait(f func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() {
		<-ctx.Done() // also
	})
	err := f()
	wg.Wait() // stuck wait-before-receive
	return err
}

var _ = run(func() { cancelAfterWaitOK(works) })

func cancelAfterWaitOK(f func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	wg.Go(func() { <-ctx.Done() })
	return f()
}

var _ = run(func() { cancelledByMemberOK(works) })

func cancelledByMemberOK(f func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { <-ctx.Done() })
	wg.Go(func() {
		if f() == nil {
			nap()
		}
		cancel()
	})
	wg.Wait()
}

var _ = run(func() { cancelledByTimerOK() })

func cancelledByTimerOK() {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Millisecond, cancel)
	var wg sync.WaitGroup
	wg.Go(func() { <-ctx.Done() })
	wg.Wait()
}

var _ = run(func() { deadlineOK() })

func deadlineOK() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { <-ctx.Done() })
	wg.Wait()
}

var _ = run(func() { beatAfterWait(nap) })

func beatAfterWait(beat func()) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Millisecond):
				beat()
			}
		}
	}()
	wg.Wait() // stuck group-never-done unseen
}

var _ = run(func() { beatOK(nap) })

func beatOK(beat func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Millisecond):
				beat()
			}
		}
	}()
	nap()
	cancel()
	wg.Wait()
}

var _ = run(func() { threeBeatsOK(nap) })

func threeBeatsOK(beat func()) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		left := 3
		for left > 0 {
			select {
			case <-time.After(time.Millisecond):
				beat()
				left--
			case <-stop:
				return
			}
		}
	})
	wg.Wait()
	close(stop)
}

var _ = run(func() { stopAfterWait(2, nap) })

func stopAfterWait(n int, tick func()) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			t := time.NewTicker(time.Millisecond)
			defer t.Stop()
			for {
				select {
				case <-t.C:
					tick()
				case <-stop:
					return
				}
			}
		})
	}
	wg.Wait() // stuck group-never-done unseen
	close(stop)
}

type poller struct {
	wg   sync.WaitGroup
	stop chan struct{}
	seen int
}

func newPoller() *poller { return &poller{stop: make(chan struct{})} }

func (p *poller) loop(in <-chan int) {
	defer p.wg.Done()
	for {
		select {
		case v, ok := <-in:
			if ok {
				p.seen += v
			}
			time.Sleep(time.Millisecond)
		case <-p.stop:
			return
		}
	}
}

func (p *poller) halt() { close(p.stop) }

var ended = func() chan int { c := make(chan int); close(c); return c }()

var _ = run(func() { follow(ended) })

func follow(in <-chan int) int {
	p := newPoller()
	p.wg.Add(1)
	go p.loop(in)
	p.wg.Wait() // stuck group-never-done unseen
	p.halt()
	return p.seen
}

var _ = run(func() { followOK(ended) })

func followOK(in <-chan int) int {
	p := newPoller()
	p.wg.Add(1)
	go p.loop(in)
	go func() {
		nap()
		p.halt()
	}()
	p.wg.Wait()
	return p.seen
}

var _ = run(func() { doneBeforeStop(nap) })

func doneBeforeStop(tick func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-time.After(time.Millisecond):
				tick()
			case <-stop:
				return
			}
		}
	}()
	<-done // stuck abandoned-receiver unseen
	close(stop)
}

var _ = run(func() { doneAtErrorOK(fails) })

func doneAtErrorOK(tick func() error) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-time.After(time.Millisecond):
				if tick() != nil {
					return
				}
			case <-stop:
				return
			}
		}
	}()
	<-done
	close(stop)
}

var _ = run(func() { readyFirstOK(nap) })

func readyFirstOK(tick func()) {
	stop, ready := make(chan struct{}), make(chan struct{})
	var once sync.Once
	go func() {
		for {
			select {
			case <-time.After(time.Millisecond):
				tick()
				once.Do(func() { close(ready) })
			case <-stop:
				return
			}
		}
	}()
	<-ready
	close(stop)
}

var _ = run(func() { watcher(fails) })

func watcher(hello func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done() // stuck abandoned-receiver
		nap()
	}()
	if err := hello(); err != nil {
		return err
	}
	cancel()
	return nil
}

var _ = run(func() { watcherOK(fails) })

func watcherOK(hello func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-ctx.Done()
		nap()
	}()
	return hello()
}

type watched struct{ cancel func() }

var _ = run(func() {
	w := &watched{}
	w.watchOK()
	w.cancel()
})

func (w *watched) watchOK() {
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	go func() {
		<-ctx.Done()
		nap()
	}()
}
