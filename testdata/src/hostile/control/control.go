// Package control leaves and enters blocks in every way the language allows.
package control

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"
	"time"
)

func gotos(ch chan int, mu *sync.Mutex) {
	i := 0
again:
	mu.Lock()
	if i++; i < 3 {
		mu.Unlock()
		goto again
	}
	ch <- i
	goto out
out:
	mu.Unlock()
	{
		goto inner
	inner:
	}
}

func labels(ctx context.Context, a, b chan int) int {
loop:
	for {
	sel:
		select {
		case <-ctx.Done():
			break loop
		case v := <-a:
			if v == 0 {
				break sel
			}
			if v == 1 {
				continue loop
			}
		case b <- func() int { return <-a }():
			switch x := any(<-b).(type) {
			case int, string:
				_ = x
				break sel
			case nil:
				continue
			default:
				return -1
			}
		default:
		}
	}
unused:
	for range 1 {
		continue unused
	}
	return 0
}

func forevers() {
	defer func() { _ = recover() }()
	for {
		select {}
	}
}

func unreachable(ch chan int) int {
	return <-ch
	ch <- 1
	for {
	}
}

func exits(ch chan int) {
	defer close(ch)
	switch len(ch) {
	case 0:
		os.Exit(1)
	case 1:
		runtime.Goexit()
	case 2:
		panic(errors.New("x"))
	case 3:
		fallthrough
	case 4:
		for {
			time.Sleep(time.Hour)
		}
	default:
	}
	ch <- 1
}

func deferLoop(mus []*sync.Mutex) (err error) {
	for _, mu := range mus {
		mu.Lock()
		defer mu.Unlock()
		defer func() {
			if r := recover(); r != nil {
				err = r.(error)
				panic(r)
			}
		}()
	}
	for i := 0; ; i++ {
		if i > 2 {
			break
		}
		defer func(i int) { defer func() { defer recover() }() }(i)
	}
	return
}

func headers(ch chan int, mu *sync.Mutex) {
	for mu.Lock(); <-ch > 0; mu.Unlock() {
	}
	if v, ok := <-ch; !ok || v > 0 {
	} else if v := <-ch; v > 1 {
	} else {
		ch <- v
	}
	switch v := <-ch; {
	case v > 0:
	}
	switch <-ch {
	case <-ch:
	case 1, 2, <-ch:
	}
	switch {
	}
	switch true {
	default:
	case false:
	}
	for ; ; func() { ch <- 1 }() {
		break
	}
	var x any
	switch y := x.(type) {
	case nil:
		_ = y
	}
	switch x.(type) {
	case chan int, <-chan int, func() chan int:
	}
}

func empty() {}
func emptyBlocks() {
	{
	}
	{
		{
		}
	}
}
func selectOnly() {
	select {
	default:
	}
}
func oneCase(c chan int) {
	select {
	case <-c:
	}
}
func sameTwice(c chan int) {
	select {
	case <-c:
	case <-c:
	case c <- 1:
	}
}
func assigns(c chan int, m map[string]int, p *[2]int) {
	var ok bool
	select {
	case m["x"], ok = <-c:
	case p[<-c] = <-c:
	case *(&p[0]), _ = <-c:
	case _ = <-c:
	case (<-c):
	}
	_ = ok
}
