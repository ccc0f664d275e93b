package main

import (
	"context"
	"sync"
)

// The cases of this file are programs of their own: they are given nothing, so
// that all locks, however deep in a struct, are in view.

type pipes struct {
	in, out chan func()
	quit    chan struct{}
}

type feeder struct{ lines *pipes }

type reader struct{ lines *pipes }

func newEnds() (*feeder, *reader) {
	p := &pipes{in: make(chan func()), out: make(chan func()), quit: make(chan struct{})}
	return &feeder{lines: p}, &reader{lines: p}
}

// feed hands on jobs and runs what comes back.
func (f *feeder) feed() {
	for range 3 {
		select { // stuck abandoned-sender
		case f.lines.in <- func() {
			select { // also
			case f.lines.out <- func() {}:
			case <-f.lines.quit:
			}
		}:
		case <-f.lines.quit:
			return
		}
	}
	for range 3 {
		(<-f.lines.out)()
	}
}

// read runs each job at once: nobody takes what the job sends before the feeder
// has handed on all of them.
func (r *reader) read() {
	for range 3 {
		select {
		case job := <-r.lines.in:
			job()
		case <-r.lines.quit:
			return
		}
	}
}

var _ = run(crossedPipes)

func crossedPipes() {
	f, r := newEnds()
	go f.feed()
	go r.read()
}

// feedOK takes each answer before it hands on the next job.
func (f *feeder) feedOK() {
	for range 3 {
		f.lines.in <- func() { f.lines.out <- func() {} }
		(<-f.lines.out)()
	}
}

var _ = run(crossedPipesOK)

func crossedPipesOK() {
	f, r := newEnds()
	go f.feedOK()
	go r.read()
}

type lease struct {
	ctx  context.Context
	stop context.CancelFunc
}

// start is given its context, and keeps its end to itself.
func (l *lease) start(parent context.Context) {
	l.ctx, l.stop = context.WithCancel(parent)
	go l.watch()
}

func (l *lease) watch() {
	<-l.ctx.Done() // stuck abandoned-receiver
	l.drop()
}

func (l *lease) drop() { l.stop() }

var _ = run(keptLease)

func keptLease() {
	l := &lease{}
	l.start(context.Background())
}

var _ = run(keptLeaseOK)

func keptLeaseOK() {
	l := &lease{}
	l.start(context.Background())
	defer l.drop()
}

type meter struct {
	mu     sync.Mutex
	notify func(int)
	n      int
}

func (m *meter) onChange(f func(int)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notify = f
}

// add calls back under the lock.
func (m *meter) add() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n++
	if m.notify != nil {
		m.notify(m.n)
	}
}

func (m *meter) value() int {
	m.mu.Lock() // stuck lock-deadlock
	defer m.mu.Unlock()
	return m.n
}

var _ = run(askedBack)

func askedBack() {
	m := &meter{}
	m.onChange(func(int) { _ = m.value() })
	m.add()
}

var _ = run(askedBackOK)

func askedBackOK() {
	m := &meter{}
	last := 0
	m.onChange(func(n int) { last = n })
	m.add()
	_ = m.value() + last
}

// signalUnused is given a channel and does not use it.
func signalUnused(done chan struct{}) { nap() }

var _ = run(neverSignalled)

func neverSignalled() {
	done := make(chan struct{})
	go signalUnused(done)
	<-done // stuck abandoned-receiver
}

func signal(done chan struct{}) { nap(); close(done) }

var _ = run(neverSignalledOK)

func neverSignalledOK() {
	done := make(chan struct{})
	go signal(done)
	<-done
}

type tray struct{ rows chan int }

func (t *tray) init() { t.rows = make(chan int, 4) }

func (t *tray) push(n int) { t.rows <- n } // stuck abandoned-sender

var _ = run(fullTray)

func fullTray() {
	t := &tray{}
	t.init()
	for i := range 4 {
		t.push(i)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.push(4)
	}()
	wg.Wait() // also
}

var _ = run(fullTrayOK)

func fullTrayOK() {
	t := &tray{}
	t.init()
	for i := range 3 {
		t.push(i)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.push(3)
	}()
	wg.Wait()
}

type follower interface {
	follow(ctx context.Context)
	report()
}

type envoy struct{ news chan int }

func newFollower() follower { return &envoy{news: make(chan int)} }

func (a *envoy) follow(ctx context.Context) {
	for {
		select {
		case <-a.news:
		case <-ctx.Done():
			return
		}
	}
}

func (a *envoy) report() { go a.tell(1) }

func (a *envoy) tell(n int) { a.news <- n } // stuck abandoned-sender

var _ = run(lateReport)

func lateReport() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a := newFollower()
	go func() { a.follow(ctx) }()
	a.report()
	nap()
}

type bureau struct {
	mu    sync.Mutex
	files *cabinet
}

type cabinet struct {
	mu     sync.Mutex
	bureau *bureau
}

func newBureau() *bureau {
	d := &bureau{files: &cabinet{}}
	d.files.bureau = d
	return d
}

func (d *bureau) tidy() {
	d.mu.Lock()
	defer d.mu.Unlock()
	nap()
	d.files.sort()
}

func (c *cabinet) sort() {
	c.mu.Lock() // stuck lock-deadlock
	defer c.mu.Unlock()
}

func (c *cabinet) borrow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	nap()
	c.bureau.write()
}

func (d *bureau) write() {
	d.mu.Lock() // also
	defer d.mu.Unlock()
}

var _ = run(crossedLocks)

func crossedLocks() {
	d := newBureau()
	go d.tidy()
	go d.files.borrow()
}

var _ = run(crossedLocksOK)

func crossedLocksOK() {
	d := newBureau()
	go d.tidy()
	go d.files.sort()
	go d.write()
}

// until waits for a condition and gives up when told to.
func until(wait func(quit <-chan struct{}) <-chan struct{}, holds func() bool, quit <-chan struct{}) {
	c := wait(quit)
	for {
		_, open := <-c
		if holds() || !open {
			return
		}
	}
}

// pulse closes its channel when it is told to.
func pulse(quit <-chan struct{}) <-chan struct{} {
	c := make(chan struct{})
	go func() {
		defer close(c)
		for range 3 {
			select { // also
			case c <- struct{}{}:
			case <-quit:
				return
			}
		}
	}()
	return c
}

var _ = run(func() { waitsForItself(func() bool { return true }) })

// waitsForItself closes quit behind the wait for it.
func waitsForItself(holds func() bool) {
	quit := make(chan struct{})
	defer close(quit)
	var told <-chan struct{}
	until(func(q <-chan struct{}) <-chan struct{} {
		told = q
		return pulse(q)
	}, holds, quit)
	<-told // stuck abandoned-receiver
}

var _ = run(func() { waitsForItselfOK(func() bool { return true }) })

func waitsForItselfOK(holds func() bool) {
	quit := make(chan struct{})
	var told <-chan struct{}
	until(func(q <-chan struct{}) <-chan struct{} {
		told = q
		return pulse(q)
	}, holds, quit)
	close(quit)
	<-told
}

var _ = run(parksOK)

// parksOK waits on purpose: nobody else knows the channel.
func parksOK() {
	forever := make(chan struct{})
	go nap()
	<-forever // also
}
