package spins

import "time"

func mergeWithOK(n int) {
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
		case v, ok := <-a:
			if !ok {
				a = nil
			}
			println(v)
		case v := <-b:
			println(v)
		}
	}
}

type lines struct{ items chan string }

func newLines() *lines { return &lines{items: make(chan string)} }

func (l *lines) fill(all []string) {
	for _, s := range all {
		l.items <- s
	}
	close(l.items)
}

func (l *lines) drain() {
	for s := range l.items {
		println(s)
	}
}

func (l *lines) zeroEnds() {
	for {
		s := <-l.items
		if s == "" {
			return
		}
	}
}

// The loop makes a new channel at every turn.
func rounds(work func(chan<- int)) {
	for {
		c := make(chan int)
		go func() {
			work(c)
			close(c)
		}()
		for v := range c {
			println(v)
		}
	}
}

// Something else in the loop waits.
func paced(n int) {
	c := make(chan int)
	go func() {
		for i := range n {
			c <- i
		}
		close(c)
	}()
	for {
		for v := range c {
			println(v)
		}
		time.Sleep(time.Hour)
	}
}

func neverClosed() {
	c := make(chan int)
	go func() {
		for {
			c <- 1
		}
	}()
	for {
		println(<-c)
	}
}

type twins struct{ a, b chan int }

func (t *twins) Close() {
	close(t.a)
	close(t.b)
}

func (t *twins) sum(use func(int)) {
	a, b := t.a, t.b
	for a != nil || b != nil {
		select {
		case x, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			use(x)
		case y, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			use(-y)
		}
	}
}

func (t *twins) untilZero(use func(int)) {
	for {
		select {
		case x := <-t.a:
			if x == 0 {
				return
			}
			use(x)
		case y := <-t.b:
			if y == 0 {
				return
			}
			use(-y)
		}
	}
}

// Each turn has a channel of its own, closed by then.
func anew(use func(int)) {
	for {
		use(<-filled(1))
	}
}

func mergeToTheEnd(use func(int)) {
	a, b := filled(3), filled(4)
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			use(v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			use(v)
		}
	}
}

func anewByName(use func(int)) {
	c := filled(2)
	for {
		v, ok := <-c
		if !ok {
			c = filled(2)
			continue
		}
		use(v)
	}
}

// Once the end is seen the loop rests.
func rests(all []int, other chan int) {
	c := make(chan int)
	go func() {
		for _, v := range all {
			c <- v
		}
		close(c)
	}()
	for {
		select {
		case v, ok := <-c:
			if !ok {
				time.Sleep(time.Second)
			}
			println(v)
		case v := <-other:
			println(v)
		}
	}
}

// Close and make again: a broadcast.
type bell struct{ rung chan struct{} }

func (b *bell) ring() {
	close(b.rung)
	b.rung = make(chan struct{})
}

func (b *bell) count() (n int) {
	for {
		<-b.rung
		n++
	}
}
