package lib

import "context"

func startBad(ctx context.Context, j Job) {
	go work(ctx, j) // handle dropped: error lost, nobody joins, outlives the caller
}
