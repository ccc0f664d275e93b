package operand

import (
	"context"
	"time"
)

func forwardInTwoSteps(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		var v int
		select {
		case <-ctx.Done():
			return
		case v = <-in:
		}
		select {
		case <-ctx.Done():
			return
		case out <- v:
		}
	}
}

func (r *relay) size() int { return len(r.in) }

func cheapOperands(ctx context.Context, r *relay, out chan int) {
	select {
	case out <- r.size():
	case <-time.After(time.Duration(r.size()) * time.Second):
	case <-ctx.Done():
	}
}

// A literal that is sent runs later, if at all.
func sendsFunc(ctx context.Context, in chan int, out chan func() int) {
	select {
	case out <- func() int { return <-in }:
	case <-ctx.Done():
	}
}

// The body of a case is no operand.
func inBody(ctx context.Context, in, out chan int) {
	select {
	case v := <-in:
		out <- v + <-in
	case <-ctx.Done():
	}
}

// A map's index on the left is only looked at once the case is chosen.
func leftSide(ctx context.Context, in chan int, m map[int]int) {
	select {
	case m[len(in)] = <-in:
	case <-ctx.Done():
	}
}

// A select that waits for nothing else has no case to make deaf.
func alone(in, out chan int) {
	select {
	case out <- <-in:
	}
}

// The literal that the operand calls does not wait.
func computesByName(ctx context.Context, n int, out chan int) {
	next := func() int { n++; return n }
	select {
	case out <- next():
	case <-ctx.Done():
	}
}
