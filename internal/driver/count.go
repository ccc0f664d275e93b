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

// addCounts adds numbers to those of the same names.
func addCounts(sums []Count, more iter.Seq2[string, int]) []Count {
	for name, n := range more {
		i := slices.IndexFunc(sums, func(c Count) bool { return c.Name == name })
		if i < 0 {
			i, sums = len(sums), append(sums, Count{Name: name})
		}
		sums[i].N += n
	}
	return sums
}

// eachCount turns kept numbers into a sequence again.
func eachCount(list []Count) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, c := range list {
			if !yield(c.Name, c.N) {
				return
			}
		}
	}
}
