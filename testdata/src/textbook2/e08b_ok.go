package lib

import "context"

func pipeGood(ctx context.Context, in <-chan Job, out chan<- Result) {
	select {
	case j := <-in:
		r := compute(j)
		select {
		case out <- r:
		case <-ctx.Done():
		}
	case <-ctx.Done():
	}
}
