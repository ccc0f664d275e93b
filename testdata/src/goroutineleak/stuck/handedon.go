package stuck

import "sync"

// The readers end when feed closes what they read, so that the results are still
// received when it reports its last trouble.
func fed(n int, next func() (string, error), read func(<-chan string, chan<- error)) (first error) {
	lines := make(chan string)
	trouble := make(chan error)
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			read(lines, trouble)
		}()
	}
	go func() {
		for {
			s, err := next()
			if err != nil {
				trouble <- err // ok: read has not returned
				break
			}
			lines <- s
		}
		close(lines)
	}()
	finished := make(chan struct{})
	go func() {
		wg.Wait()
		close(finished)
	}()
	for {
		select {
		case <-finished:
			return first
		case err := <-trouble:
			if first == nil {
				first = err
			}
		}
	}
}

// The one that is waited for reads nothing, so it may end at any time.
func unfed(next func() (string, error), work func()) (first error) {
	trouble := make(chan error)
	go func() {
		for {
			if _, err := next(); err != nil {
				trouble <- err // want "nobody receives this send on trouble"
				return
			}
		}
	}()
	finished := make(chan struct{})
	go func() {
		work()
		close(finished)
	}()
	for {
		select {
		case <-finished:
			return first
		case err := <-trouble:
			if first == nil {
				first = err
			}
		}
	}
}
