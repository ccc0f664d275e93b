package lib

import "iter"

func countGood(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) { // early break is seen here; no goroutine at all
				return
			}
		}
	}
}
