// Package slots limits goroutines by a buffered channel.
package slots

import "sync"

func download(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, url := range urls {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			if get(url) != nil {
				return // want "this return keeps its slot of slots, which others give back.*, so all wait for one in the end; defer the receive"
			}
			<-slots
		}()
	}
	wg.Wait()
}

type worker struct {
	slots chan bool
	run   func(int) (string, error)
}

func newWorker(n int) *worker { return &worker{slots: make(chan bool, 8)} }

func (w *worker) start(n int) { go w.do(n) }

func (w *worker) do(n int) {
	w.slots <- true
	switch s, err := w.run(n); {
	case err != nil:
		println(err.Error())
	default:
		println(s)
		w.release()
	}
} // want "this return keeps its slot of w.slots"

func (w *worker) release() { <-w.slots }
