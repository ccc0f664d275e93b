// Package linedirs lies about where it is.
package linedirs

import "sync"

//line other.y:1000
func first(mu *sync.Mutex, ch chan int) {
	mu.Lock()
	ch <- 1 /*line :5*/
	ch <- 2
//line ../up/../there.go:1
	mu.Unlock()
}

//line nowhere.go:1:1
func second(mu *sync.Mutex, ch chan int) {
	mu.Lock()
	mu.Lock() /*line x.go:1:2*/
	ch <- 1
	println("x")
}

//line :1
func third(ch chan int) {
	go func() { ch <- 1 }()
	for {
		select {
		case <-ch:
			return
		default:
		}
	}
}
