package selects

import "sync"

func worksAfterDone(f, after func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if f() != nil {
			return
		}
		wg.Done()
		_ = after()
	}()
	wg.Wait() // want "its counter stays above zero"
}

// Who else calls Done, and how often, is not for an edit to tell.
func handsOn(f func() error) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		if f() != nil {
			return
		}
		wg.Done()
		wg.Done()
	}()
	wg.Wait() // want "its counter stays above zero"
}
