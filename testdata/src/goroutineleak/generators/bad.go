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
