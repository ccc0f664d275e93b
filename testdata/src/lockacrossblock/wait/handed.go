package wait

import "sync"

// poller calls what it is handed until stop is closed.
type poller interface {
	poll(stop <-chan struct{}, emit func(string))
}

// plan is told of changes by a callback of its poller.
type plan struct {
	mu   sync.Mutex
	src  poller
	stop chan struct{}
	last string
	wg   sync.WaitGroup
}

func newPlan(src poller) *plan { return &plan{src: src, stop: make(chan struct{})} }

func (p *plan) start() {
	p.wg.Add(1)
	go p.run()
}

func (p *plan) run() {
	defer p.wg.Done()
	p.src.poll(p.stop, p.update)
}

func (p *plan) update(v string) {
	if p.isNew(v) {
		println(v)
	}
}

func (p *plan) isNew(v string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	old := p.last
	p.last = v
	return old != v
}

func (p *plan) halt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.stop)
	p.wg.Wait() // want "p.mu is held across p.wg.Wait, but a goroutine it waits for takes p.mu"
}

func (p *plan) haltOK() {
	p.mu.Lock()
	close(p.stop)
	p.mu.Unlock()
	p.wg.Wait()
}

// flight is one load that others may wait for.
type flight struct {
	wg  sync.WaitGroup
	val string
}

type flights struct {
	mu   sync.Mutex
	all  map[string]*flight
	load func(string) string
}

func (f *flights) get(k string) string {
	f.mu.Lock()
	if fl, ok := f.all[k]; ok {
		f.mu.Unlock()
		fl.wg.Wait()
		return fl.val
	}
	fl := &flight{}
	fl.wg.Add(1)
	f.all[k] = fl
	f.mu.Unlock()
	f.fill(k, fl)
	return fl.val
}

func (f *flights) fill(k string, fl *flight) {
	fl.val = f.load(k)
	f.mu.Lock()
	delete(f.all, k)
	f.mu.Unlock()
	fl.wg.Done()
}

func (f *flights) drain() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fl := range f.all {
		fl.wg.Wait() // want "f.mu is held across fl.wg.Wait, but whoever calls Done takes f.mu"
	}
}

func (f *flights) drainOK() {
	f.mu.Lock()
	var all []*flight
	for _, fl := range f.all {
		all = append(all, fl)
	}
	f.mu.Unlock()
	for _, fl := range all {
		fl.wg.Wait()
	}
}
