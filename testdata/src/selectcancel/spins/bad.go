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

// The fields are closed, and whoever sends is out of view.
type pair struct{ a, b chan int }

func (p *pair) Close() {
	close(p.a)
	close(p.b)
}

func (p *pair) sum(use func(int)) {
	for {
		select {
		case x := <-p.a: // want `once p\.a is closed \(on line 104\) this loop spins on zero values`
			use(x)
		case y := <-p.b: // want `once p\.b is closed \(on line 105\) this loop spins on zero values`
			use(-y)
		}
	}
}

// The same with a constructor, and a name that is assigned to.
type duo struct {
	left  chan string
	right chan string
}

func newDuo() *duo { return &duo{make(chan string), make(chan string, 4)} }

func (d *duo) Close() {
	close(d.left)
	close(d.right)
}

func (d *duo) print() {
	var s string
	for {
		select {
		case s = <-d.left: // want `once d\.left is closed \(on line 128\) this loop spins on zero values`
		case s = <-d.right: // want `once d\.right is closed \(on line 129\) this loop spins on zero values`
		}
		println(s)
	}
}

// The end is seen and leads nowhere.
type notes struct {
	in   chan string
	last string
	ends int
}

func (n *notes) close() { close(n.in) }

func (n *notes) follow() {
	for {
		s, ok := <-n.in // want `once n\.in is closed \(on line \d+\) this loop spins on zero values; leave once ok is false`
		if !ok {
			n.ends++
		}
		n.last = s
	}
}

func countsEnds(all []int, other chan int) {
	c := make(chan int)
	go func() {
		for _, v := range all {
			c <- v
		}
		close(c)
	}()
	ends := 0
	for {
		select {
		case v, ok := <-c: // want `once c is closed \(on line \d+\) this loop spins on zero values`
			if !ok {
				ends++
			}
			println(v, ends)
		case v := <-other:
			println(v)
		}
	}
}

// The channel is closed before it is handed out.
func filled(n int) <-chan int {
	c := make(chan int, n)
	for i := range n {
		c <- i
	}
	close(c)
	return c
}

func mergeFilled(use func(int)) {
	a, b := filled(3), filled(4)
	for {
		select {
		case v := <-a: // want `once a is closed \(on line \d+\) this loop spins on zero values`
			use(v)
		case v := <-b: // want `once b is closed \(on line \d+\) this loop spins on zero values`
			use(v)
		}
	}
}
