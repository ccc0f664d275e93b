package groups

import "sync"

// countedFirst leaves between Add and go: to wait there would be to wait for ever.
func countedFirst(ids []int, load func(int) (string, error), show func(string)) error {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		text, err := load(id)
		if err != nil {
			return err // want "this return leaves the goroutines of wg behind, and one counted by Add that never starts; Add just before go and wait"
		}
		go func() {
			defer wg.Done()
			show(text)
		}()
	}
	wg.Wait()
	return nil
}

// countedLast leaves before Add: it has only to wait.
func countedLast(ids []int, load func(int) (string, error), show func(string)) error {
	var wg sync.WaitGroup
	for _, id := range ids {
		text, err := load(id)
		if err != nil {
			return err // want "this return leaves the goroutines of wg behind .started on line 32.; wait for wg first"
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			show(text)
		}()
	}
	wg.Wait()
	return nil
}
