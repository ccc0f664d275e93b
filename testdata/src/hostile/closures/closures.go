// Package closures captures, returns and recurses.
package closures

import (
	"context"
	"sync"
	"time"
)

func recursion(n int) {
	var mu sync.Mutex
	var f, g func(int)
	f = func(n int) {
		mu.Lock()
		defer mu.Unlock()
		if n > 0 {
			go f(n - 1)
			g(n - 1)
		}
	}
	g = func(n int) { f(n) }
	f(n)
	func() { func() { func() { g(n) }() }() }()
}

func factory() (push func(int), pop func() int, stop func()) {
	var (
		mu sync.Mutex
		c  = sync.NewCond(&mu)
		q  []int
	)
	push = func(v int) { mu.Lock(); defer mu.Unlock(); q = append(q, v); c.Signal() }
	pop = func() int {
		mu.Lock()
		defer mu.Unlock()
		for len(q) == 0 {
			c.Wait()
		}
		v := q[0]
		q = q[1:]
		return v
	}
	return push, pop, func() { c.Broadcast() }
}

func reassign(ctx context.Context) {
	ch := make(chan int)
	f := func() { ch <- 1 }
	ch = make(chan int, 1)
	f()
	ch = nil
	go f()
	ctx, cancel := context.WithCancel(ctx)
	defer func() { cancel() }()
	ctx = context.WithValue(ctx, f, ch)
	cancel = func() { <-ctx.Done() }
	p := &ch
	*p = make(chan int)
	go func(p **chan int) { **p <- 1 }(&p)
}

func returned() func() func() <-chan int {
	c := make(chan int)
	return func() func() <-chan int {
		go func() { c <- 1 }()
		return func() <-chan int { return c }
	}
}

func deep() <-chan int { return returned()()() }

func spawnAll(fs ...func(...func())) {
	for _, f := range fs {
		go f(func() { go f(func() { go f() }) })
	}
	go func() {
		go func() {
			go func() { select {} }()
		}()
	}()
	defer func() { go recover() }()
	go println("x")
	go time.Sleep(1)
	defer close(make(chan int))
	defer panic(<-make(chan int))
	go (func() {})()
}

type cb func(cb) cb

func (f cb) run() cb { return f(f)(f)(f.run()) }

var table = map[string]func(){
	"a": func() { table2["b"]() },
}

var table2 map[string]func()

func init() { table2 = map[string]func(){"b": func() { table["a"]() }} }
