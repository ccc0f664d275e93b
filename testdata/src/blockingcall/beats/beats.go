// Package beats holds loops that owe a heartbeat.
package beats

import (
	"context"
	"net/http"
	"os/exec"
	"time"
)

func beat() {}

func ping(url string) {
	if resp, err := http.Get(url); err == nil {
		resp.Body.Close()
	}
}

func longSleep(in <-chan int, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case <-in:
			time.Sleep(5 * time.Second) // want "time.Sleep takes 5s while t.C ticks every 1s, so quit and t.C are not served meanwhile"
		case <-quit:
			return
		}
	}
}

func tick(in <-chan int, quit <-chan struct{}) {
	c := time.Tick(200 * time.Millisecond)
	for {
		select {
		case <-c:
			beat()
		case <-in:
			backOff() // want "backOff → time.Sleep takes 1s while c ticks every 200ms"
		case <-quit:
			return
		}
	}
}

func backOff() { time.Sleep(time.Second) }

func unbounded(in <-chan string, t *time.Ticker) {
	for {
		select {
		case <-t.C:
			beat()
		case u := <-in:
			ping(u) // want "ping → http.Get waits without bound, so t.C is not served meanwhile"
		}
	}
}

func nestedTimeout(in <-chan chan int, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case reply := <-in:
			select {
			case <-reply:
			case <-time.After(10 * time.Second): // want "this select may wait 10s while t.C .line 66. ticks every 1s"
			}
		case <-quit:
			return
		}
	}
}

func contextTimeout(ctx context.Context, in <-chan string) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case u := <-in:
			short, cancel := context.WithTimeout(ctx, 30*time.Second)
			req, err := http.NewRequestWithContext(short, http.MethodGet, u, nil)
			if err == nil {
				http.DefaultClient.Do(req) // want "http.DefaultClient.Do may wait 30s while t.C .line 84. ticks every 1s; move it to a goroutine"
			}
			cancel()
		case <-ctx.Done():
			return
		}
	}
}

// The beat's own work keeps the loop from its stop.
func beatItself(quit <-chan struct{}, t *time.Ticker) {
	for {
		select {
		case <-t.C:
			exec.Command("sync-cache").Run() // want "waits without bound, so quit is not served"
		case <-quit:
			return
		}
	}
}

func unknownPeriod(in <-chan int, t *time.Ticker) {
	for {
		select {
		case <-t.C:
			beat()
		case <-in:
			time.Sleep(5 * time.Second) // want "time.Sleep takes 5s, so t.C is not served"
		}
	}
}

// What is fine.

func jitters(refresh, retry *time.Ticker, d time.Duration) {
	for {
		select {
		case <-refresh.C:
			time.Sleep(d)
			beat()
		case <-retry.C:
			beat()
		}
	}
}

func shortForUnknown(in <-chan int, t *time.Ticker) {
	for {
		select {
		case <-t.C:
			beat()
		case <-in:
			time.Sleep(200 * time.Millisecond)
		}
	}
}

func shortSleep(in <-chan int, quit <-chan struct{}) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case <-in:
			time.Sleep(200 * time.Millisecond)
		case <-quit:
			return
		}
	}
}

func shortContext(ctx context.Context, in <-chan string) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case name := <-in:
			short, cancel := context.WithTimeout(ctx, time.Second)
			exec.CommandContext(short, name).Run()
			cancel()
		case <-ctx.Done():
			return
		}
	}
}

func shortTimeout(in <-chan chan int, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case reply := <-in:
			select {
			case <-reply:
			case <-time.After(10 * time.Millisecond):
			}
		case <-quit:
			return
		}
	}
}

// The nested select keeps the heart beating.
func beatsMeanwhile(in <-chan chan int, quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			beat()
		case reply := <-in:
			select {
			case <-reply:
			case <-t.C:
				beat()
			case <-time.After(10 * time.Second):
			}
		case <-quit:
			return
		}
	}
}

func bounded(ctx context.Context, in <-chan string, t *time.Ticker) {
	for {
		select {
		case <-t.C:
			beat()
		case name := <-in:
			exec.CommandContext(ctx, name).Run()
		case <-ctx.Done():
			return
		}
	}
}

// Nobody else relies on a loop that only ticks.
func onlyTicks(t *time.Ticker) {
	for {
		select {
		case <-t.C:
			ping("http://example.com")
		}
	}
}
