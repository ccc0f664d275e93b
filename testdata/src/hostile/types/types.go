// Package types declares what has no end.
package types

import (
	"sync"
	"unsafe"
)

type (
	a struct {
		b  *b
		mu sync.Mutex `json:"-" yaml:"mu,omitempty"`
	}
	b struct {
		a  *a
		c  c
		mu sync.Mutex "odd tag"
	}
	c []c
	d map[string]d
	e func(e) e
	f *f
	g interface{ g() g }
	h struct{ *h }
	i [2]*i
	j = struct{ j *a }
	k struct {
		a
		*b
		c c
	}
	l struct {
		k
		*l
	}
	m  chan m
	un struct{ p unsafe.Pointer }
)

type anonymous struct {
	struct1 struct {
		struct2 struct {
			mu sync.Mutex
			ch chan struct {
				ch chan<- *anonymous
			}
		}
	}
	iface interface {
		sync.Locker
		interface{ Wait() }
	}
}

func (x *l) walk() (n int) {
	x.l.l.l.k.a.mu.Lock()
	defer x.l.l.k.b.mu.Unlock()
	x.b.a.b.a.mu.Lock()
	for y := x; y != nil; y = y.l {
		y.a.mu.Lock()
		n++
	}
	var p f
	for p = &p; *p != nil; p = *p {
	}
	return
}

func (x anonymous) run() {
	x.struct1.struct2.mu.Lock()
	(<-x.struct1.struct2.ch).ch <- &x
	x.iface.Lock()
	x.iface.Wait()
	type local struct {
		sync.Mutex
		next *local
	}
	var v local
	v.Lock()
	v.next = &v
	v.next.next.Unlock()
	func() {
		type local struct{ c chan local }
		var v local
		v.c <- v
	}()
}

func pointers(m *m, e e, g g, h *h, un *un) {
	*m <- *m
	**(&m) <- <-*m
	e(e)(e)(nil)
	g.g().g()
	*(*chan int)(un.p) <- 1
	_ = h.h.h.h
	(*[1 << 10]sync.Mutex)(un.p)[3].Lock()
}

func variadic(cs ...chan<- int) {
	variadic(append(cs, cs...)...)
	for i := range cs {
		cs[len(cs)-1-i] <- i
	}
}

func manyResults(ch chan int) (x, y int, err error, z <-chan int) {
	x, y = <-ch, <-ch
	return func() (int, int, error, <-chan int) { return x, y, err, z }()
}
