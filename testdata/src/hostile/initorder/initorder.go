// Package initorder does its work before main.
package initorder

import (
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
)

var (
	a = b()
	_ = c
	c = func() int { mu.Lock(); defer mu.Unlock(); time.Sleep(0); return <-d }()
	d = make(chan int, 1)
	_ = http.ListenAndServe
	e = [...]func(){func() { fmt.Println(f.g) }, func() { os.Exit(1) }}
	f = struct {
		sync.Mutex
		g chan int
	}{g: make(chan int)}
)

var mu sync.Mutex

func b() int { d <- 1; return len(e) }

func init() {
	f.Lock()
	go func() { f.g <- 1 }()
	for range time.Tick(time.Hour) {
		f.Unlock()
	}
}

func init() { go http.ListenAndServe("localhost:0", nil) }
