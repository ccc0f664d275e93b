package fixes

import (
	"errors"
	"sync"
)

func skipsDone(fs []func() error) {
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Add(1)
		go func() {
			if f() != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // want "its counter stays above zero"
}

var errSkip = errors.New("skip")

func manyEnds(f func() error) (err error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		// What fails is told to nobody.
		switch err = f(); err {
		case nil:
			wg.Done() // the plain end
		case errSkip:
			return
		default:
			// The other end.
			wg.Done()
		}
	}()
	wg.Wait() // want "its counter stays above zero"
	return err
}

func oneLine(fs []func() bool) {
	var wg sync.WaitGroup
	wg.Add(len(fs))
	for _, f := range fs {
		go func() {
			if f() {
				wg.Done()
			}
		}()
	}
	wg.Wait() // want "its counter stays above zero"
}

func recovers(work func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { _ = recover() }()
		work()
		if work == nil {
			panic("no work")
		}
		wg.Done()
	}()
	wg.Wait() // want "its counter stays above zero"
}

type crew struct {
	wg    sync.WaitGroup
	tasks []func() error
}

func (c *crew) start() {
	for _, f := range c.tasks {
		c.wg.Add(1)
		go c.do(f)
	}
}

func (c *crew) do(f func() error) {
	if err := f(); err != nil {
		return // want "this return skips c.wg.Done"
	}
	c.wg.Done()
}

func (c *crew) join() { c.wg.Wait() }
