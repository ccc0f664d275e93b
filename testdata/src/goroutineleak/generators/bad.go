// Package generators hands out channels that a reader cannot stop.
package generators

func count(n int) <-chan int {
	ch := make(chan int)
	go func() { // want "this goroutine is stuck once find stops reading.*take a context"
		defer close(ch)
		for i := range n {
			ch <- i
		}
	}()
	return ch
}

func find(n, want int) bool {
	for v := range count(n) {
		if v == want {
			return true
		}
	}
	return false
}

type list struct{ items []string }

func (l *list) each() chan string {
	ch := make(chan string)
	go l.feed(ch) // want "this goroutine is stuck once list.first stops reading"
	return ch
}

func (l *list) feed(ch chan<- string) {
	for _, s := range l.items {
		ch <- s
	}
	close(ch)
}

func (l *list) first() string { return <-l.each() }

// A stop that the goroutine does not hear stops nothing.
func deafTo(n int, quit <-chan struct{}) <-chan int {
	ch := make(chan int)
	go func() { // want "this goroutine is stuck once untilNegative stops reading.*listen to quit beside the send"
		defer close(ch)
		for i := range n {
			ch <- n - i
		}
	}()
	select {
	case <-quit:
	default:
	}
	return ch
}

func untilNegative(n int, quit chan struct{}) int {
	for v := range deafTo(n, quit) {
		if v < 0 {
			return v
		}
	}
	return 0
}

// Two sends behind each other, and one receive.
func progress(work func() int) <-chan int {
	ch := make(chan int)
	go func() { // want "this goroutine is stuck once impatient stops reading"
		ch <- work()
		ch <- 2 * work()
	}()
	return ch
}

func impatient(work func() int) int {
	ch := progress(work)
	v := <-ch
	if v > 10 {
		return v
	}
	return v + <-ch
}

type node struct {
	left, right *node
	value       int
}

// A recursion sends any number.
func (n *node) walk(ch chan<- int) {
	if n == nil {
		return
	}
	n.left.walk(ch)
	ch <- n.value
	n.right.walk(ch)
}

func (n *node) values() <-chan int {
	ch := make(chan int)
	go func() { // want "this goroutine is stuck once least stops reading"
		defer close(ch)
		n.walk(ch)
	}()
	return ch
}

func least(n *node) int { return <-n.values() }

// What somebody else calls may send any number.
func visited(each func(func(string))) <-chan string {
	ch := make(chan string)
	go func() { // want "this goroutine is stuck once firstVisited stops reading"
		defer close(ch)
		each(func(s string) { ch <- s })
	}()
	return ch
}

func firstVisited(each func(func(string))) string { return <-visited(each) }
