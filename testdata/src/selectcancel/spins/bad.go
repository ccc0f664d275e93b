// Package spins holds loops that turn on closed channels.
package spins

func merge(n int) {
	a, b := make(chan int), make(chan int)
	go func() {
		defer close(a)
		for i := range n {
			a <- i
		}
	}()
	go func() {
		for i := 0; ; i++ {
			b <- i
		}
	}()
	for {
		select {
		case v := <-a: // want `once a is closed \(on line 7\) this loop spins on zero values`
			println(v)
		case v := <-b:
			println(v)
		}
	}
}

type feed struct{ items chan string }

func newFeed() *feed { return &feed{items: make(chan string)} }

func (f *feed) fill(all []string) {
	for _, s := range all {
		f.items <- s
	}
	close(f.items)
}

func (f *feed) drain() {
	for {
		s := <-f.items // want `once f\.items is closed \(on line 35\) this loop spins on zero values`
		println(s)
	}
}

func (f *feed) start() {
	go func() {
		for {
			println(<-f.items) // want `once f\.items is closed \(on line 35\) this loop spins on zero values`
		}
	}()
}

func rangesAgain(n int) {
	c := make(chan int)
	go func() {
		for i := range n {
			c <- i
		}
		close(c)
	}()
	for {
		for v := range c { // want `once c is closed \(on line 59\) this loop spins on zero values`
			println(v)
		}
	}
}

func blankOK(all []int) {
	c := make(chan int)
	go func() {
		for _, v := range all {
			c <- v
		}
		close(c)
	}()
	for {
		v, _ := <-c // want `once c is closed \(on line 74\) this loop spins on zero values`
		println(v)
	}
}

func blankOKInCase(all []int, other chan int) {
	c := make(chan int)
	go func() {
		for _, v := range all {
			c <- v
		}
		close(c)
	}()
	for {
		select {
		case v, _ := <-c: // want `once c is closed \(on line 88\) this loop spins on zero values`
			println(v)
		case v := <-other:
			println(v)
		}
	}
}
