package lib

import (
	"context"
	"sync"
)

type cacheGood struct {
	mu sync.Mutex
	m  map[int]Result
}

func (c *cacheGood) Get(ctx context.Context, j Job) (Result, error) {
	c.mu.Lock()
	r, ok := c.m[j.ID]
	c.mu.Unlock()
	if ok {
		return r, nil
	}
	r, err := fetch(ctx, j) // + singleflight.DoChan if duplicates are expensive
	if err != nil {
		return Result{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[j.ID] = r
	return r, nil
}
