package endless

import (
	"context"
	"log"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"time"
)

type watcher struct {
	done   chan struct{}
	closed atomic.Bool
	ctx    context.Context
	n      int
}

func (w *watcher) Close() { close(w.done) }

func (w *watcher) heard() {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				w.n++
			case <-w.done:
				return
			}
		}
	}()
}

func (w *watcher) flagged() {
	go func() {
		for range time.Tick(time.Second) {
			if w.closed.Load() {
				return
			}
			w.n++
		}
	}()
}

func (w *watcher) byContext() {
	go func() {
		for w.ctx.Err() == nil {
			time.Sleep(time.Second)
			w.n++
		}
	}()
}

func (w *watcher) byError(send func() error) {
	go func() {
		for {
			time.Sleep(time.Second)
			if err := send(); err != nil {
				return
			}
		}
	}()
}

func (w *watcher) byDeadline(deadline time.Time) {
	go func() {
		for {
			time.Sleep(time.Second)
			if time.Now().After(deadline) {
				return
			}
			w.n++
		}
	}()
}

// closable ranges over a channel that somebody may close.
func (w *watcher) closable(in <-chan int) {
	go func() {
		for v := range in {
			w.n += v
		}
	}()
}

func (w *watcher) fatal() {
	go func() {
		for {
			time.Sleep(time.Minute)
			if w.n > 10 {
				log.Fatal("too many")
			}
		}
	}()
}

func (w *watcher) stated() {
	//asynclint:daemon keeps the clock as long as the process lives
	go func() {
		for {
			time.Sleep(time.Minute)
			w.n++
		}
	}()
}

func signals(reload func()) {
	go func() {
		ch := make(chan os.Signal, 1)
		signal.Notify(ch, os.Interrupt)
		for {
			<-ch
			reload()
		}
	}()
}

var start sync.Once

// count is kept by a single goroutine of the process.
var count atomic.Int64

// Count starts the goroutine at its first call.
func Count() int64 {
	start.Do(func() {
		go func() {
			for {
				time.Sleep(time.Second)
				count.Add(1)
			}
		}()
	})
	return count.Load()
}

func init() {
	go tick()
	spin()
}

func spin() {
	go func() {
		for range time.Tick(time.Minute) {
			count.Add(1)
		}
	}()
}

func tick() {
	for {
		time.Sleep(time.Minute)
		count.Add(1)
	}
}

var clock = newClock()

func newClock() *watcher {
	w := &watcher{}
	go func() {
		for {
			time.Sleep(time.Minute)
			w.n++
		}
	}()
	return w
}

func joined(c func() bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			time.Sleep(time.Second)
			if c() {
				return
			}
		}
	}()
	<-done
}

func byEvent(in chan int) {
	go func() {
		timeout := time.After(time.Minute)
		for {
			select {
			case v := <-in:
				println(v)
			case <-timeout:
				goto done
			}
		}
	done:
		println("done")
	}()
}

// A count that the loop moves is an end, however it is compared.
func exactly(n int, beat func()) {
	go func() {
		sent := 0
		for range time.Tick(time.Second) {
			beat()
			sent++
			if sent == n {
				return
			}
		}
	}()
}

func stepwise(beat func()) {
	go func() {
		for left := 10; ; left -= 2 {
			time.Sleep(time.Second)
			beat()
			if left != 0 {
				continue
			} else {
				return
			}
		}
	}()
}

func filled(n int, sample func() int, keep func([]int)) {
	go func() {
		var all []int
		for {
			time.Sleep(time.Second)
			if all = append(all, sample()); len(all) == n {
				break
			}
		}
		keep(all)
	}()
}

// An empty select that only holds back what a caller runs, or that stands in a
// literal which nobody starts here.
func hold(run func(func())) {
	run(func() { select {} })
}
