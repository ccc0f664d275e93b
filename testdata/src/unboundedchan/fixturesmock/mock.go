// Package fixturesmock stands in for others in tests.
package fixturesmock

import "sync"

type store struct {
	mu sync.Mutex
	q  []int
}

func (s *store) Push(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q = append(s.q, n) // want "store.q grows in Push and is popped in Pop"
}

func (s *store) Pop() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.q) > 0 {
		n, s.q = s.q[0], s.q[1:]
	}
	return n
}
