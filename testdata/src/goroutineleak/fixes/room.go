package fixes

import (
	"errors"
	"time"
)

func one(f func() int) (int, error) {
	ch := make(chan int)
	go func() { ch <- f() }() // want "make it with capacity 1"
	select {
	case v := <-ch:
		return v, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func many(fs []func() error) error {
	errc := make(chan error)
	for _, f := range fs {
		go func() { errc <- f() }() // want "make it with capacity len.fs."
	}
	for range fs {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}
