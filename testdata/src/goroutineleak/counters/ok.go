package counters

import (
	"errors"
	"sync"
)

type careful struct {
	wg    sync.WaitGroup
	fetch func(string) error
	jobs  chan string
}

func (c *careful) visit(url string) {
	defer c.wg.Done()
	if c.fetch(url) != nil {
		return
	}
	println(url)
}

func (c *careful) visitAll(urls []string) {
	for _, url := range urls {
		c.wg.Add(1)
		go c.visit(url)
	}
}

func (c *careful) everyPath(url string) {
	c.wg.Add(1)
	go func() {
		if c.fetch(url) != nil {
			c.wg.Done()
			return
		}
		println(url)
		c.wg.Done()
	}()
}

func (c *careful) Stop() { c.wg.Wait() }

func (c *careful) start(bind func() error) error {
	c.wg.Add(1)
	if err := bind(); err != nil {
		c.wg.Done()
		return err
	}
	go func() {
		defer c.wg.Done()
		println("serving")
	}()
	return nil
}

func (c *careful) undone(bind func() error) (err error) {
	c.wg.Add(1)
	started := false
	defer func() {
		if !started {
			c.wg.Done()
		}
	}()
	if err := bind(); err != nil {
		return err
	}
	started = true
	go c.visit("x")
	return nil
}

func (c *careful) launched(bind func() error) error {
	c.wg.Add(1)
	if bind() != nil {
		c.launch("slow")
		return errors.New("bound later")
	}
	go c.visit("x")
	return nil
}

func (c *careful) launch(url string) { go c.visit(url) }

func (c *careful) counted(urls []string) {
	c.wg.Add(len(urls))
	for _, url := range urls {
		go c.visit(url)
	}
}

// A queue counts jobs, and a worker takes many.
type queue struct {
	pending sync.WaitGroup
	jobs    chan func() error
}

func (q *queue) start(first func() error) {
	q.pending.Add(1)
	go q.work()
	q.jobs <- first
}

func (q *queue) work() {
	for job := range q.jobs {
		if job() != nil {
			return
		}
		q.pending.Done()
	}
}

func (q *queue) drain() { q.pending.Wait() }

// The goroutine may leave its Done to the one it hands its work to.
type relay struct {
	wg   sync.WaitGroup
	next chan string
}

func (r *relay) begin(s string) {
	r.wg.Add(1)
	go func() {
		if s == "" {
			r.next <- s
			return
		}
		r.wg.Done()
	}()
}

func (r *relay) sink() {
	for range r.next {
		r.wg.Done()
	}
}

func (r *relay) close() { r.wg.Wait() }

// What ends is called back by code out of view.
type callback struct {
	wg       sync.WaitGroup
	schedule func(func())
}

func (c *callback) begin(now bool) {
	c.wg.Add(1)
	go func() {
		if !now {
			c.schedule(func() { c.wg.Done() })
			return
		}
		c.wg.Done()
	}()
	c.wg.Add(1)
	go c.later(now)
}

func (c *callback) later(now bool) {
	if !now {
		c.schedule(c.wg.Done)
		return
	}
	c.wg.Done()
}

func (c *callback) close() { c.wg.Wait() }

// Somebody waits, if not where it ends.
type tracked struct{ busy sync.WaitGroup }

func (t *tracked) run(f func()) { t.busy.Go(f) }

func (t *tracked) Idle() { t.busy.Wait() }

func (t *tracked) Close() { println("closed") }

// Who embeds a group in an exported type lets everybody wait.
type Open struct{ sync.WaitGroup }

func (o *Open) run(f func()) { o.Go(f) }

func (o *Open) Close() { println("closed") }

// Close learns of the end by a channel.
type twoWays struct {
	busy sync.WaitGroup
	done chan struct{}
}

func (t *twoWays) run(f func()) {
	t.busy.Go(func() {
		defer close(t.done)
		f()
	})
}

func (t *twoWays) Close() { <-t.done }

// Nothing can be closed.
type fleeting struct{ busy sync.WaitGroup }

func (f *fleeting) run(g func()) { f.busy.Go(g) }

// An object that is not handed out has nobody who waits.
func open(bind func() error) (*careful, error) {
	c := &careful{jobs: make(chan string)}
	c.wg.Add(1)
	if err := bind(); err != nil {
		return nil, err
	}
	go c.visit("x")
	return c, nil
}

// Who is given no group need not call Done.
type sampler struct{ read func() int }

func (s *sampler) sample(wg *sync.WaitGroup) {
	if wg != nil {
		defer wg.Done()
	}
	println(s.read())
}

func (s *sampler) all(n int) {
	wg := &sync.WaitGroup{}
	for range n {
		wg.Add(1)
		go s.sample(wg)
	}
	wg.Wait()
}
