// Package channels has channels of everything, everywhere.
package channels

import (
	"context"
	"os"
	"os/signal"
	"reflect"
	"time"
)

type self chan self

type fan [3]chan chan (<-chan func() chan struct{ c chan int })

type request struct {
	reply chan<- request
	next  *request
	in    [2]<-chan request
	by    map[chan int]chan int
	any   any
	fn    func() chan int
}

var (
	global     = make(chan int)
	nilChan    chan int
	sized                 = make(chan int, len(global)+cap(nilChan)+1)
	signals               = make(chan os.Signal, 1)
	_                     = func() bool { signal.Notify(signals); return true }()
	fromInit   <-chan int = feed()
	directions            = []any{(chan<- int)(nil), (<-chan int)(nil), (chan (<-chan int))(nil)}
)

func feed() <-chan int {
	c := make(chan int)
	go func() { defer close(c); c <- 1 }()
	return c
}

func operations(r *request, s self, f fan, ctx context.Context) {
	nilChan <- 1
	<-nilChan
	var local chan int
	select {
	case local <- 1:
	case <-(<-chan int)(nil):
	case <-ctx.Done():
	}
	for range nilChan {
	}
	s <- s
	<-<-<-s
	s <- <-s
	r.reply <- *r
	r.next.next.in[1-len(r.in)+1] = nil
	(<-r.in[0]).reply <- <-(<-r.in[1]).in[0]
	r.by[global] <- <-r.by[nil]
	r.fn() <- <-r.fn()
	r.any.(chan int) <- 1
	<-<-<-f[0]
	x := <-f[1]
	x <- nil
	close(global)
	close((chan<- int)(sized))
	*(&global) <- 1
	p := &r.fn
	(*p)() <- 2
	var c interface{ C() <-chan time.Time }
	<-c.C()
	_, ok := <-feed()
	_ = ok
	len, cap := len(global), cap(global)
	global <- len + cap
	a, b := <-global, <-global
	global <- a << b
	if a == b && <-global > 0 || <-global < 0 {
		return
	}
	global, nilChan = nilChan, global
	reflect.ValueOf(global).Send(reflect.ValueOf(1))
	reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(global)}})
	time.After(0)
	<-time.After(-1)
	<-time.Tick(0)
	<-time.NewTimer(0).C
	<-(&time.Ticker{}).C
	<-context.Background().Done()
	<-context.TODO().Done()
	select {
	case f[2] <- nil:
		select {
		case <-s:
			select {
			case v, ok := <-global:
				_, _ = v, ok
			case global <- <-sized:
			}
		default:
			select {}
		}
	}
}

func sizes(n int, m uint8) {
	const big = 1 << 20
	_ = make(chan int, n)
	_ = make(chan [1 << 10]byte, big)
	_ = make(chan struct{}, big)
	_ = make(chan int, m)
	_ = make(chan int, 'a')
	_ = make(chan int, 2.0)
	_ = make(self, uint64(big))
	_ = append([]chan int(nil), make(chan int), make(chan int, n*n-1))
	_ = [...]chan int{5: make(chan int), 0: global}
	_ = map[string]chan int{"a": make(chan int)}["b"]
	c := [2]chan int{}
	c[n] = make(chan int)
	d := c
	d[0] <- <-c[1]
	for i := range c {
		c[i] = make(chan int, i)
		go func() { c[i] <- i }()
	}
	min(make([]chan int, 1)[0], nil)
}

func min(a, b chan int) chan int { return map[bool]chan int{true: a, false: b}[a == b] }

func queue(items []int, in chan int) {
	var q []int
	var out chan int
	for {
		var head int
		if len(q) > 0 {
			head, out = q[0], in
		}
		select {
		case v, ok := <-in:
			if !ok {
				in = nil
			}
			q = append(q, v)
		case out <- head:
			q, out = q[1:], nil
		}
	}
}
