// Package flow holds locks across loops, literals and iterators.
package flow

import (
	"iter"
	"slices"
	"sync"
)

type state struct {
	mu  sync.Mutex
	out chan int
	m   sync.Map
	n   int
}

func (s *state) touch() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *state) iterates(seq iter.Seq[int]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range seq {
		s.out <- v // want "s.mu is held across a send on s.out"
	}
}

func (s *state) iteratesFree(seq iter.Seq[int]) {
	s.touch()
	for v := range seq {
		s.out <- v
	}
}

func (s *state) iteratesUnlocking(seq iter.Seq[int]) {
	for v := range seq {
		s.mu.Lock()
		s.n += v
		s.mu.Unlock()
		s.out <- v
	}
}

func (s *state) sorts(vs []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortFunc(vs, func(a, b int) int {
		s.out <- a // want "s.mu is held across a send on s.out"
		return a - b
	})
}

func (s *state) visits() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m.Range(func(k, v any) bool {
		s.out <- v.(int) // want "s.mu is held across a send on s.out"
		return true
	})
}

func (s *state) keeps(register func(func())) {
	s.mu.Lock()
	defer s.mu.Unlock()
	register(func() { s.out <- 1 })
}

func (s *state) groups() {
	var wg sync.WaitGroup
	s.mu.Lock()
	wg.Go(func() { s.out <- 1 })
	s.mu.Unlock()
	wg.Wait()
}

func (s *state) gotos(v int) {
	s.mu.Lock()
	if v == 0 {
		goto out
	}
	s.n++
out:
	s.mu.Unlock()
	s.out <- v
}

func (s *state) local(vs []int) {
	var mu sync.Mutex
	sum := 0
	var wg sync.WaitGroup
	for _, v := range vs {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += v
		})
	}
	wg.Wait()
	s.out <- sum
}
