// Package methods calls methods in every form.
package methods

import (
	"context"
	"io"
	"net"
	"sync"
	"time"
)

type locker interface{ sync.Locker }

type both interface {
	locker
	io.ReadWriteCloser
	Wait(context.Context) error
}

type inner struct {
	sync.Mutex
	c chan int
}

type middle struct {
	*inner
	sync.RWMutex
}

type outer struct {
	middle
	both
	time.Duration
	f func(chan int)
}

func (o outer) value() int         { return <-o.c }
func (o *outer) pointer(n int) int { o.c <- n; return n }
func (outer) nothing()             {}
func (*outer) less()               {}
func (i *inner) lockBoth()         { i.Lock() }
func (i *inner) unlockBoth()       { i.Unlock() }

func forms(o *outer, b both, conn net.Conn) {
	o.inner.Lock()
	o.middle.RWMutex.RLock()
	o.inner.Mutex.Unlock()
	o.RUnlock()

	lock, unlock := o.inner.Lock, o.inner.Unlock
	lock()
	defer unlock()

	outer.value(*o)
	(*outer).pointer(o, 1)
	(*sync.Mutex).Lock(&o.Mutex)
	sync.Locker.Lock(b)
	locker.Unlock(b)
	func() { (*inner).lockBoth(o.inner) }()
	go o.pointer(2)
	go outer.value(*o)
	go (*outer).pointer(o, 3)
	go unlock()
	go b.Wait(context.Background())
	defer b.Lock()
	o.f(o.c)
	go o.f(o.c)
	(func(c chan int) { c <- 1 })(o.c)
	(o.f)((o.c))
	fs := map[string]func(){"l": o.inner.Lock, "u": o.inner.Unlock}
	fs["l"]()
	[]func(){o.less, o.nothing}[0]()
	(&o.Mutex).Lock()
	(*(&o.Mutex)).Unlock()
	var l sync.Locker = &o.Mutex
	l.Lock()
	l.(*sync.Mutex).Unlock()
	if u, ok := l.(interface{ TryLock() bool }); ok && u.TryLock() {
		l.Unlock()
	}
	struct{ sync.Locker }{l}.Lock()
	var wr io.Writer = conn
	wr.Write(nil)
	new(sync.WaitGroup).Wait()
	(&sync.WaitGroup{}).Go(o.less)
	sync.OnceFunc(func() { o.c <- 1 })()
	time.AfterFunc(1, o.less).Stop()
	o.Duration.String()
}

func returnsUnlock(mu *sync.Mutex) func() {
	mu.Lock()
	return mu.Unlock
}

func chain(mu *sync.Mutex) { defer returnsUnlock(mu)() }

type fluent struct{ mu sync.Mutex }

func (f *fluent) Lock() *fluent       { f.mu.Lock(); return f }
func (f *fluent) Unlock() *fluent     { f.mu.Unlock(); return f }
func (f *fluent) Wait(...error) error { return nil }

func fluently(f *fluent) { f.Lock().Unlock().Lock().Wait(f.Unlock().Wait(), nil) }
