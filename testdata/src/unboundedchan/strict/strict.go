// Package strict holds what only level strict reports.
package strict

import (
	"net"
	"runtime"
	"sync"
)

func perElement(names []string, visit func(string)) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Go(func() { visit(n) }) // want "a goroutine starts in each turn of the loop on line 12, and nothing limits how many"
	}
	wg.Wait()
}

func perConnection(l net.Listener, serve func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go serve(c) // want "a goroutine starts in each turn of the loop"
	}
}

type hub struct{ peers []func() }

func (h *hub) perPeer() {
	for _, p := range h.peers {
		go p() // want "a goroutine starts in each turn of the loop"
	}
}

func perCPU(visit func(int)) {
	for i := range runtime.NumCPU() {
		go visit(i)
	}
}

func limited(names []string, visit func(string)) {
	slots := make(chan struct{}, 4)
	for _, n := range names {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			visit(n)
		}()
	}
}

type feed struct {
	out  chan int // no buffer
	done chan struct{}
}

func newFeed() *feed {
	return &feed{out: make(chan int), done: make(chan struct{})} // want "out has no buffer, so the send on line 62 waits for its receiver"
}

func (f *feed) publish(v int) { f.out <- v }

func (f *feed) next() int {
	select {
	case v := <-f.out:
		return v
	case <-f.done:
		return 0
	}
}

func (f *feed) close() { close(f.done) }

func handOff(ask func() int) int {
	c := make(chan int)
	go func() { c <- ask() }()
	return <-c
}
