package lib

import "context"

func pipeBad(ctx context.Context, in <-chan Job, out chan<- Result) {
	select {
	case out <- compute(<-in): // operands are evaluated on ENTRY: ctx.Done is not looked at yet
	case <-ctx.Done():
	}
}
