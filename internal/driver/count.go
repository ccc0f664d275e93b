package driver

import (
	"iter"
	"slices"
)

// Count is a number that an analyzer keeps about its own work.
type Count struct {
	Name string
	N    int
}

// counter is a result with such numbers.
type counter interface {
	Counts() iter.Seq2[string, int]
}

// addCount adds a number to that of the same name.
func addCount(sums []Count, name string, n int) []Count {
	i := slices.IndexFunc(sums, func(c Count) bool { return c.Name == name })
	if i < 0 {
		return append(sums, Count{name, n})
	}
	sums[i].N += n
	return sums
}
