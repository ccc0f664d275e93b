// Package counters keeps wait groups in structs and lets them stay above zero.
package counters

import (
	"errors"
	"sync"
)

type crawler struct {
	wg    sync.WaitGroup
	fetch func(string) (string, error)
	mu    sync.Mutex
	pages map[string]string
}

func (c *crawler) visit(url string) {
	page, err := c.fetch(url)
	if err != nil {
		return // want "this return skips c.wg.Done .*, so c.wg.Wait never returns; defer Done"
	}
	c.mu.Lock()
	c.pages[url] = page
	c.mu.Unlock()
	c.wg.Done()
}

func (c *crawler) visitAll(urls []string) {
	for _, url := range urls {
		c.wg.Add(1)
		go c.visit(url)
	}
}

func (c *crawler) Stop() { c.wg.Wait() }

// The end of a branch is a return as well, and Add(-1) is Done.
type flusher struct{ running *sync.WaitGroup }

func (f *flusher) start(dirty func() bool, flush func()) {
	f.running.Add(1)
	go func() {
		if dirty() {
			flush()
			f.running.Add(-1)
		}
	}() // want "this return skips f.running.Done .*, so f.running.Wait never returns"
}

func newFlusher() *flusher { return &flusher{running: &sync.WaitGroup{}} }

func (f *flusher) close() { f.running.Wait() }

// By way of a method, and of a switch.
type box struct {
	sync.WaitGroup
	open bool
}

func (b *box) finish() { b.open = false; b.Done() }

func (b *box) work(n int) {
	switch n {
	case 0:
		b.finish()
	case 1:
		println("one")
		b.finish()
	case 2:
		return // want "this return skips b.Done"
	default:
		b.finish()
	}
}

func (b *box) start(n int) {
	b.Add(1)
	go b.work(n)
}

func (b *box) stop() { b.Wait() }

type listener struct {
	wg   sync.WaitGroup
	done chan struct{}
}

func (l *listener) Start(bind func() error, serve func()) error {
	l.wg.Add(1) // want "l.wg.Add counts a goroutine that is not started if this returns early .*; Add just before go"
	if err := bind(); err != nil {
		return err
	}
	go func() {
		defer l.wg.Done()
		serve()
	}()
	return nil
}

func (l *listener) Close() {
	close(l.done)
	l.wg.Wait()
}

func (l *listener) each(names []string, f func(string)) error {
	for _, name := range names {
		l.wg.Add(1) // want "l.wg.Add counts a goroutine that is not started if this returns early"
		if name == "" {
			return errors.New("no name")
		}
		go l.one(name, f)
	}
	return nil
}

func (l *listener) one(name string, f func(string)) {
	defer l.wg.Done()
	f(name)
}

// No method waits, and Close is where it should.
type pump struct {
	busy sync.WaitGroup
	quit chan struct{}
}

func (p *pump) run(step func()) {
	p.busy.Add(1)
	go func() { // want "nobody waits for p.busy, so this goroutine outlives pump.Close; call p.busy.Wait there"
		defer p.busy.Done()
		for {
			select {
			case <-p.quit:
				return
			default:
				step()
			}
		}
	}()
}

func (p *pump) Close() { close(p.quit) }

type groupPump struct {
	busy sync.WaitGroup
	name string
}

func (p *groupPump) run(step func()) {
	p.busy.Go(step) // want "nobody waits for p.busy, so this goroutine outlives groupPump.Shutdown"
}

func (p *groupPump) Shutdown() error { p.name = ""; return nil }
