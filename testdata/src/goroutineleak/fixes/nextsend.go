package fixes

import "log"

type answer struct {
	n   int
	err error
}

func forgetsReturn(f func() (int, error)) (int, error) {
	c := make(chan answer)
	go func() {
		n, err := f()
		if err != nil {
			log.Print(err)
			c <- answer{err: err}
		}
		c <- answer{n: n} // want `nobody receives this send on c once forgetsReturn returns .*; return behind the send on line [0-9]+`
	}()
	a := <-c
	return a.n, a.err
}

func meansBoth(f func() (int, error)) (int, error) {
	c := make(chan answer)
	go func() {
		n, err := f()
		c <- answer{n: n}
		c <- answer{err: err} // want "make it with capacity 1"
	}()
	a := <-c
	return a.n, a.err
}
