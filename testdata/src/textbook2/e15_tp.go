package lib

import "context"

func semBad(ctx context.Context, jobs []Job) {
	sem := make(chan struct{}, 8)
	for _, j := range jobs {
		go func() { // len(jobs) goroutines exist at once
			sem <- struct{}{} // acquired INSIDE: limits work, not goroutines
			defer func() { <-sem }()
			_ = work(ctx, j)
		}()
	}
}
