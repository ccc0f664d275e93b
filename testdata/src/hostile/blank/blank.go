// Package blank names as little as it can.
package blank

import (
	"context"
	_ "net/http/pprof"
	"sync"
)

var _ sync.Mutex

var _, _ = <-make(chan int, 1), make(chan int)

const _ = iota

type _ struct{ _ chan int }

type t struct {
	_  int
	_  sync.Mutex
	c  chan int
	__ func(_ chan int)
}

func _()                                   { select {} }
func _(_ context.Context)                  { <-make(chan int) }
func init()                                {}
func init()                                { go func() {}() }
func (_ *t) m(_ context.Context, _ ...int) {}
func (*t) n(context.Context, chan<- int)   {}
func params(_ chan int, _, _ sync.Locker)  {}
func results() (_ chan int, _ error)       { return }

func use(x *t) {
	_ = x.c
	_, _ = <-x.c
	_ = <-x.c
	for _ = range x.c {
	}
	for _, _ = range []chan int{} {
	}
	var _ = func(_ int) { x.c <- 1 }
	_ = func() {}
	var _, y = results()
	_ = y
	_ = (*t).m
	x.m(nil)
	x.__(nil)
	go func(_ int) {}(<-x.c)
}
