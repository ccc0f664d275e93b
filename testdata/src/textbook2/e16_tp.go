package lib

import (
	"context"
	"sync"
)

type cacheBad struct {
	mu sync.Mutex
	m  map[int]Result
}

func (c *cacheBad) Get(ctx context.Context, j Job) (Result, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := c.m[j.ID]; ok {
		return r, nil
	}
	r, err := fetch(ctx, j) // network call while every other key waits
	if err == nil {
		c.m[j.ID] = r
	}
	return r, err
}
