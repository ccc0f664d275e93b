package lib

func countBad(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i // consumer that breaks early leaks this goroutine
		}
	}()
	return ch
}
