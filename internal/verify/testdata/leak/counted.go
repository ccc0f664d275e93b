package main

import (
	"context"
	"time"
)

// The cases of this file count the goroutines that they start, and receive as often.

var _ = run(func() { rowsOK([][]int{{1, 2}, {3}}) })

func rowsOK(rows [][]int) (sum int) {
	ch := make(chan int)
	n := 0
	for _, row := range rows {
		for _, v := range row {
			n++
			go func() { ch <- v }()
		}
	}
	for range n {
		sum += <-ch
	}
	return sum
}

var _ = run(func() { twoLoopsOK([]int{1, 2}, []int{3}) })

func twoLoopsOK(a, b []int) (sum int) {
	ch := make(chan int)
	n := 0
	for _, v := range a {
		n++
		go func() { ch <- v }()
	}
	for _, v := range b {
		n++
		go func() { ch <- -v }()
	}
	for ; n > 0; n-- {
		sum += <-ch
	}
	return sum
}

var _ = run(func() { twoLoops([]int{1, 2}, []int{3}) })

// twoLoops counts in one of its loops.
func twoLoops(a, b []int) (sum int) {
	ch := make(chan int)
	n := 0
	for _, v := range a {
		n++
		go func() { ch <- v }() // stuck abandoned-sender unseen
	}
	for _, v := range b {
		go func() { time.Sleep(time.Millisecond); ch <- -v }() // stuck abandoned-sender
	}
	for ; n > 0; n-- {
		sum += <-ch
	}
	return sum
}

var _ = run(func() { crawlOK("a", func(string) []string { return nil }) })

// crawlOK counts what is on its way in both directions.
func crawlOK(start string, links func(string) []string) int {
	work := make(chan []string)
	seen := make(map[string]bool)
	n := 1
	go func() { work <- []string{start} }()
	for ; n > 0; n-- {
		for _, l := range <-work {
			if !seen[l] {
				seen[l] = true
				n++
				go func() { work <- links(l) }()
			}
		}
	}
	return len(seen)
}

type holder struct{ lanes [2]chan int }

var _ = run(func() { useLanesOK(openLanes()) })

// openLanes hands its channels on in an array inside a struct.
func openLanes() holder {
	h := holder{lanes: [2]chan int{make(chan int), make(chan int)}}
	for i := range h.lanes {
		go func() { h.lanes[i] <- i }()
	}
	return h
}

func useLanesOK(h holder) int { return <-h.lanes[0] + <-h.lanes[1] }

type laneKey struct{}

var _ = run(func() { useValueOK(withLane(context.Background())) })

// withLane hands its channel on in a context.
func withLane(ctx context.Context) context.Context {
	ch := make(chan int)
	go func() { ch <- 1 }()
	return context.WithValue(ctx, laneKey{}, ch)
}

func useValueOK(ctx context.Context) int { return <-ctx.Value(laneKey{}).(chan int) }
