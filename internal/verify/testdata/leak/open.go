package main

import (
	"sync"
	"sync/atomic"
)

// Loops with unknown bounds are explored for two turns; these cases need more.

var _ = run(func() { untilFive(9) })

func untilFive(n int) int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			c <- i // stuck abandoned-sender
		}
	}()
	for v := range c {
		if v > 5 {
			return v
		}
	}
	return -1
}

var _ = run(func() { untilFiveOK(9) })

func untilFiveOK(n int) int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			if i > 5 {
				break
			}
			c <- i
		}
	}()
	for v := range c {
		if v > 5 {
			return v
		}
	}
	return -1
}

type numbers struct{ c chan int }

func newNumbers(n int) *numbers {
	s := &numbers{c: make(chan int)}
	go func() {
		defer close(s.c)
		for i := 0; i < n; i++ {
			s.c <- i // stuck abandoned-sender
		}
	}()
	return s
}

var _ = run(func() { square(9) })

func square(n int) int {
	s := newNumbers(n)
	for v := range s.c {
		if v*v > n {
			return v
		}
	}
	return -1
}

func newNumbersOK(n int) *numbers {
	s := &numbers{c: make(chan int, n)}
	go func() {
		defer close(s.c)
		for i := range n {
			s.c <- i
		}
	}()
	return s
}

var _ = run(func() { squareOK(9) })

func squareOK(n int) int {
	for v := range newNumbersOK(n).c {
		if v*v > n {
			return v
		}
	}
	return -1
}

var _ = run(func() { sevenIsEnough(12) })

func sevenIsEnough(n int) bool {
	ids := make(chan int)
	go func() {
		for id := 1; id <= n; id++ {
			ids <- id // stuck abandoned-sender
		}
		close(ids)
	}()
	for id := range ids {
		switch id {
		case 7:
			return true
		}
	}
	return false
}

var _ = run(func() { above(5, 1) })

func above(n, limit int) {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			c <- i // stuck abandoned-sender
		}
	}()
	for v := range c {
		if v > limit {
			break
		}
	}
}

var _ = run(func() { steps(2000) })

func steps(n int) error {
	fin := make(chan error)
	go func() {
		var err error
		for range n {
			if err = works(); err != nil {
				break
			}
		}
		fin <- err // stuck abandoned-sender
	}()
	if n > 1000 {
		return errBad
	}
	return <-fin
}

var _ = run(func() { stepsOK(2000) })

func stepsOK(n int) error {
	if n > 1000 {
		return errBad
	}
	fin := make(chan error)
	go func() {
		var err error
		for range n {
			if err = works(); err != nil {
				break
			}
		}
		fin <- err
	}()
	if n > 1000 {
		return errBad
	}
	if n > 5000 {
		return errBad
	}
	return <-fin
}

var _ = run(func() { firstTenOK(20) })

func firstTenOK(n int) {
	c := make(chan int, 10)
	for i := range n {
		if i < 10 {
			go func() { c <- i }()
		}
	}
}

var _ = run(func() { cappedOK(20) })

func cappedOK(n int) {
	n = min(n, 8)
	c := make(chan int, n)
	for i := range n {
		go func() { c <- i }()
	}
}

var _ = run(func() { lastClosesOK(6) })

func lastClosesOK(n int) {
	done := make(chan struct{})
	go func() {
		for i := 0; i < n; i++ {
			nap()
			if i == n-1 {
				close(done)
			}
		}
	}()
	if n > 0 {
		<-done
	}
}

var _ = run(func() { batchesOK(9) })

func batchesOK(n int) {
	full := make(chan int, n)
	sent := 0
	for i := range n {
		if i%4 == 3 || i == n-1 {
			full <- i
			sent++
		}
	}
	for ; sent > 0; sent-- {
		<-full
	}
}

var _ = run(func() { gridOK(3, 3) })

func gridOK(rows, cols int) {
	cells := make(chan int)
	total := 0
	for r := range rows {
		for c := range cols {
			total++
			go func() { cells <- r * c }()
		}
	}
	for got := 0; got < rows*cols; got++ {
		<-cells
	}
	if total != rows*cols {
		panic("lost some")
	}
}

var _ = run(func() {
	sharesOK([]int{1, 2, 3}, func(all []int) map[string][]int { return map[string][]int{"a": all[:1], "b": all[1:]} })
})

func sharesOK(all []int, split func([]int) map[string][]int) (sum int) {
	var wg sync.WaitGroup
	out := make(chan int, len(all)) // one for each, however they are shared out
	for _, share := range split(all) {
		wg.Go(func() {
			for _, v := range share {
				out <- v
			}
		})
	}
	wg.Wait()
	close(out)
	for v := range out {
		sum += v
	}
	return sum
}

var _ = run(func() { numberedOK(3, 7) })

func numberedOK(first, last uint64) error {
	out := make(chan error, last-first+1)
	var next atomic.Uint64
	next.Store(first)
	for range 2 {
		go func() {
			for {
				n := next.Add(1) - 1
				if n > last {
					return
				}
				if n%2 == 0 {
					out <- fails()
				} else {
					out <- works()
				}
			}
		}()
	}
	for range last - first + 1 {
		if err := <-out; err != nil {
			return err
		}
	}
	return nil
}
