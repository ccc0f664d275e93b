package selects

import "context"

type reply struct {
	n   int
	err error
}

func forgetsReturn(ctx context.Context, f func() (int, error)) (int, error) {
	c := make(chan reply)
	go func() {
		n, err := f()
		if err != nil {
			c <- reply{err: err}
		}
		c <- reply{n: n} // want `return behind the send`
	}()
	r := <-c
	return r.n, r.err
}
