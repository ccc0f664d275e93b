package main

var _ = run(func() { overfill() })

func overfill() int {
	ch := make(chan int, 1)
	ch <- 1
	ch <- 2 // stuck buffer-overfill
	return <-ch
}

var _ = run(func() { overfillLoop([]int{1, 2, 3}) })

func overfillLoop(in []int) (sum int) {
	ch := make(chan int, 1)
	for _, v := range in {
		ch <- v // stuck buffer-overfill
	}
	close(ch)
	for v := range ch {
		sum += v
	}
	return sum
}

var _ = run(func() { fitLoop([]int{1, 2, 3}) })

func fitLoop(in []int) (sum int) {
	ch := make(chan int, len(in))
	for _, v := range in {
		ch <- v
	}
	close(ch)
	for v := range ch {
		sum += v
	}
	return sum
}

var _ = run(func() { unbuffered() })

func unbuffered() int {
	ch := make(chan int)
	ch <- 1 // stuck buffer-overfill
	return <-ch
}

var _ = run(func() { token() })

func token() {
	lock := make(chan struct{}, 1)
	lock <- struct{}{}
	defer func() { <-lock }()
	nap()
}
