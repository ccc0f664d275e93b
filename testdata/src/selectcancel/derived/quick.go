package derived

import (
	"context"
	"time"
)

type table struct{ rows map[string]int }

// Find needs no time that a context could bound.
func (t *table) Find(ctx context.Context, key string) int { return t.rows[key] }

func finds(parent context.Context, t *table) int {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return t.Find(ctx, "a")
}

// visit looks at the context before each row.
func (t *table) visit(ctx context.Context, row func(int) chan int) (sum int) {
	for _, v := range t.rows {
		if ctx.Err() != nil {
			break
		}
		sum += <-row(v)
	}
	return sum
}

func visits(parent context.Context, t *table, row func(int) chan int) int {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return t.visit(ctx, row)
}

// first looks at it once and then waits.
func (t *table) first(ctx context.Context, row func(int) chan int) int {
	if ctx.Err() != nil {
		return 0
	}
	return <-row(1)
}

func asksOnce(parent context.Context, t *table, row func(int) chan int) int {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want `nothing listens to the context derived here, so its timeout ends nothing`
	defer cancel()
	return t.first(ctx, row)
}
