package lib

import "context"

func unorderedBad(ctx context.Context, jobs []Job) ([]Result, error) {
	type re struct {
		r   Result
		err error
	}
	ch := make(chan re)
	for _, j := range jobs {
		go func() { r, err := fetch(ctx, j); ch <- re{r, err} }()
	}
	var out []Result
	for range jobs {
		x := <-ch
		if x.err != nil {
			return nil, x.err // every goroutine still sending is leaked
		}
		out = append(out, x.r)
	}
	return out, nil
}
