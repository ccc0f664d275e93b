// Package explain holds runs whose steps are told apart.
package explain

import "sync"

func Twins(f func() int) int {
	c := make(chan int)
	for range 2 {
		go func() { c <- f() }()
	}
	return <-c
}

func Circle(f func() int) int {
	var wg sync.WaitGroup
	c := make(chan int)
	wg.Add(1)
	go func() {
		defer wg.Done()
		c <- f()
	}()
	wg.Wait()
	return <-c
}

func Deferred(rows []int) int {
	out := make(chan int)
	quit := make(chan int)
	defer close(quit)
	go func() {
		for _, row := range rows {
			out <- row
		}
		close(out)
	}()
	for row := range out {
		return row
	}
	return 0
}
