// Package strict holds what only level strict keeps out of event loops.
package strict

import (
	"net"
	"os"
	"os/exec"
	"sync"
	"time"
)

type hub struct {
	mu   sync.Mutex
	subs map[chan<- int]bool
	in   chan int
	join chan chan<- int
	log  *os.File
}

func (h *hub) run(quit <-chan struct{}) {
	for {
		select {
		case c := <-h.join:
			h.mu.Lock() // want "locking h.mu can hold up this event loop, so quit and h.in are not served meanwhile"
			h.subs[c] = true
			h.mu.Unlock()
		case v := <-h.in:
			for c := range h.subs {
				c <- v // want "a send on c can hold up this event loop, so quit and h.join are not served meanwhile"
			}
		case <-quit:
			return
		}
	}
}

func (h *hub) flushes(tick *time.Ticker) {
	for {
		select {
		case <-tick.C:
			h.sync() // want "h.sync → os.File.Sync can hold up this event loop, so h.in is not served"
		case <-h.in:
		}
	}
}

func (h *hub) sync() { h.log.Sync() }

func pump(conn net.Conn, out <-chan []byte, tick *time.Ticker) {
	for {
		select {
		case b := <-out:
			conn.Write(b) // want "conn.Write can hold up this event loop"
		case <-tick.C:
		}
	}
}

// A worker that only its end waits for, and a back-off with a limit.

func deafWorker(quit <-chan struct{}, in <-chan string) {
	for {
		select {
		case <-quit:
			return
		case name := <-in:
			rotate(name) // want "rotate → exec.Cmd.Run waits without bound, so quit is not served"
		}
	}
}

func rotate(name string) { exec.Command("rotate", name).Run() }

func backsOff(in, more <-chan int, d time.Duration) {
	for {
		select {
		case <-in:
			if d *= 2; d > time.Second {
				d = time.Second
			}
			time.Sleep(d) // want "time.Sleep takes up to 1s, so more is not served meanwhile"
		case <-more:
			return
		}
	}
}

// What is fine even there: one event, or nothing that waits.

func worker(in <-chan int, quit <-chan struct{}, mu *sync.Mutex, n *int) {
	for {
		select {
		case v := <-in:
			mu.Lock()
			*n += v
			mu.Unlock()
		case <-quit:
			return
		}
	}
}

func (h *hub) offers(quit <-chan struct{}) {
	for {
		select {
		case c := <-h.join:
			h.subs[c] = true
		case v := <-h.in:
			for c := range h.subs {
				select {
				case c <- v:
				default:
				}
			}
		case <-quit:
			return
		}
	}
}
