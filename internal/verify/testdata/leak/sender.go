package main

import (
	"context"
	"time"
)

var _ = run(func() { _, _ = timeoutOne(dead()) })

func timeoutOne(ctx context.Context) (int, error) {
	out := make(chan int)
	go func() {
		nap()
		out <- 1 // stuck abandoned-sender
	}()
	select {
	case v := <-out:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

var _ = run(func() { _, _ = timeoutOneOK(dead()) })

func timeoutOneOK(ctx context.Context) (int, error) {
	out := make(chan int, 1)
	go func() {
		nap()
		out <- 1
	}()
	select {
	case v := <-out:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

var _ = run(func() { timerLeak() })

func timerLeak() string {
	answer := make(chan string)
	go func() {
		time.Sleep(3 * time.Millisecond)
		answer <- "late" // stuck abandoned-sender
	}()
	select {
	case s := <-answer:
		return s
	case <-time.After(time.Millisecond):
	}
	return ""
}

var _ = run(func() { timerRetry() })

func timerRetry() string {
	answer := make(chan string)
	go func() {
		time.Sleep(3 * time.Millisecond)
		answer <- "late"
	}()
	for {
		select {
		case s := <-answer:
			return s
		case <-time.After(time.Millisecond):
		}
	}
}

var _ = run(func() { _ = early(fails) })

func early(check func() error) error {
	done := make(chan bool)
	go func() {
		nap()
		done <- true // stuck abandoned-sender
	}()
	if err := check(); err != nil {
		return err
	}
	<-done
	return nil
}

var _ = run(func() { _ = earlyOK(fails) })

func earlyOK(check func() error) error {
	done := make(chan bool)
	go func() {
		nap()
		done <- true
	}()
	if err := check(); err != nil {
		<-done
		return err
	}
	<-done
	return nil
}

var _ = run(func() { _ = earlyDeferOK(fails) })

func earlyDeferOK(check func() error) error {
	done := make(chan bool)
	go func() {
		nap()
		done <- true
	}()
	defer func() { <-done }()
	return check()
}

var _ = run(func() { first([]string{"a", "b", "c"}) })

func first(hosts []string) string {
	got := make(chan string)
	for _, h := range hosts {
		go func() {
			got <- h // stuck abandoned-sender unseen
		}()
	}
	return <-got
}

var _ = run(func() { firstOK([]string{"a", "b", "c"}) })

func firstOK(hosts []string) string {
	got := make(chan string, len(hosts))
	for _, h := range hosts {
		go func() { got <- h }()
	}
	return <-got
}

var _ = run(func() { firstCount(3) })

func firstCount(n int) int {
	got := make(chan int)
	for i := 0; i < n; i++ {
		go func() {
			got <- i // stuck abandoned-sender unseen
		}()
	}
	return <-got
}

var _ = run(func() { firstCountOK(3) })

func firstCountOK(n int) int {
	got := make(chan int, n)
	for i := 0; i < n; i++ {
		go func() { got <- i }()
	}
	return <-got
}

var _ = run(func() { firstShort(3) })

func firstShort(n int) int {
	got := make(chan int, n-1)
	for i := range n {
		go func() { got <- i }()
	}
	return <-got
}

var _ = run(func() { firstShorter(3) })

func firstShorter(n int) int {
	got := make(chan int, n-2)
	for i := range n {
		go func() {
			got <- i // stuck abandoned-sender unseen
		}()
	}
	<-got
	return n
}

var _ = run(func() { _ = collect([]func() error{fails, works, fails}) })

func collect(parts []func() error) error {
	errc := make(chan error)
	for _, p := range parts {
		go func() {
			errc <- p() // stuck abandoned-sender
		}()
	}
	for range parts {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

var _ = run(func() { _ = collectOK([]func() error{fails, works, fails}) })

func collectOK(parts []func() error) (first error) {
	errc := make(chan error)
	for _, p := range parts {
		go func() { errc <- p() }()
	}
	for range parts {
		if err := <-errc; err != nil && first == nil {
			first = err
		}
	}
	return first
}

var _ = run(func() { _ = collectDrain([]func() error{fails, works, fails}) })

func collectDrain(parts []func() error) error {
	errc := make(chan error)
	for _, p := range parts {
		go func() { errc <- p() }()
	}
	for i := range parts {
		if err := <-errc; err != nil {
			go func() {
				for range len(parts) - i - 1 {
					<-errc
				}
			}()
			return err
		}
	}
	return nil
}

var _ = run(func() { _ = twice(fails) })

func twice(f func() error) error {
	res := make(chan error, 1)
	go func() {
		if err := f(); err != nil {
			res <- err
		}
		res <- nil
		nap()
		res <- nil // stuck abandoned-sender
	}()
	nap()
	return <-res
}

var _ = run(func() { _ = twice(works) })

var _ = run(func() { _ = twiceOK(fails) })

func twiceOK(f func() error) error {
	res := make(chan error, 1)
	go func() {
		if err := f(); err != nil {
			res <- err
			return
		}
		res <- nil
	}()
	return <-res
}

var _ = run(func() { _ = named(dead()) })

func named(ctx context.Context) error {
	errc := make(chan error)
	go produce(errc)
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func produce(out chan<- error) {
	nap()
	out <- nil // stuck abandoned-sender
}

var _ = run(func() { _ = namedOK(dead()) })

func namedOK(ctx context.Context) error {
	errc := make(chan error, 1)
	go produceOK(ctx, errc)
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func produceOK(ctx context.Context, out chan<- error) {
	select {
	case out <- nil:
	case <-ctx.Done():
	}
}

var _ = run(func() { generator(2) })

func generator(stop int) int {
	next := make(chan int)
	go func() {
		for i := 0; ; i++ {
			next <- i // stuck abandoned-sender
		}
	}()
	for v := range next {
		if v == stop {
			return v
		}
	}
	return 0
}

var _ = run(func() { generatorOK(2) })

func generatorOK(stop int) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	next := make(chan int)
	go func() {
		for i := 0; ; i++ {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	for v := range next {
		if v == stop {
			return v
		}
	}
	return 0
}

var _ = run(func() { both(dead()) })

func both(ctx context.Context) (v int) {
	ch := make(chan int)
	go func() { ch <- 1 }()
	select {
	case v = <-ch:
	case <-ctx.Done():
		v = <-ch
	}
	return v
}

var _ = run(func() { poll() })

func poll() int {
	ch := make(chan int)
	go func() {
		nap()
		ch <- 1 // stuck abandoned-sender
	}()
	select {
	case v := <-ch:
		return v
	default:
		return 0
	}
}

var _ = run(func() { skipper() })

func skipper() int {
	ch := make(chan int)
	go func() {
		select {
		case ch <- 1:
		default:
		}
	}()
	select {
	case v := <-ch:
		return v
	case <-time.After(time.Millisecond):
		return 0
	}
}

var _ = run(func() { _ = twoChans(dead(), fails) })
var _ = run(func() { _ = twoChans(dead(), works) })

func twoChans(ctx context.Context, f func() error) error {
	data := make(chan int)
	errc := make(chan error)
	go func() {
		nap()
		if err := f(); err != nil {
			errc <- err // stuck abandoned-sender
			return
		}
		data <- 1 // stuck abandoned-sender
	}()
	select {
	case <-data:
		return nil
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type fetcher struct {
	out  chan string
	errs chan error
}

var _ = run(func() { _, _ = fields(dead()) })

func fields(ctx context.Context) (string, error) {
	f := &fetcher{out: make(chan string), errs: make(chan error, 1)}
	go func() {
		nap()
		f.out <- "x" // stuck abandoned-sender
	}()
	select {
	case s := <-f.out:
		return s, nil
	case err := <-f.errs:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (f *fetcher) work() {
	nap()
	f.out <- "x" // stuck abandoned-sender
}

var _ = run(func() { _, _ = method(dead()) })

func method(ctx context.Context) (string, error) {
	f := fetcher{out: make(chan string)}
	go f.work()
	select {
	case s := <-f.out:
		return s, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

var _ = run(func() { _ = dropResult() })

func start() <-chan int {
	ch := make(chan int)
	go func() {
		ch <- 42 // stuck abandoned-sender
	}()
	return ch
}

func dropResult() error {
	ch := start()
	nap()
	if err := fails(); err != nil {
		return err
	}
	<-ch
	return nil
}

func generic[T any](ctx context.Context, f func() T) (v T) {
	ch := make(chan T)
	go func() {
		nap()
		ch <- f() // stuck abandoned-sender
	}()
	select {
	case v = <-ch:
	case <-ctx.Done():
	}
	return v
}

var _ = run(func() { generic(dead(), func() int { return 1 }) })

var _ = run(func() { correlated(true) })
var _ = run(func() { correlated(false) })

func correlated(on bool) {
	var ch chan int
	if on {
		ch = make(chan int)
		go func() { ch <- 1 }()
	}
	nap()
	if on {
		<-ch
	}
}

var _ = run(func() { breaks([]int{1, 2, 3}) })

func breaks(in []int) int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for _, v := range in {
			ch <- v // stuck abandoned-sender
		}
	}()
	for v := range ch {
		if v > 0 {
			break
		}
	}
	return 0
}

var _ = run(func() { breaksOK([]int{1, 2, 3}) })

func breaksOK(in []int) int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for _, v := range in {
			ch <- v
		}
	}()
	for v := range ch {
		if v > 0 {
			break
		}
	}
	for range ch {
	}
	return 0
}

var _ = run(func() { stopChan() })

func stopChan() {
	stop := make(chan struct{})
	out := make(chan int)
	go func() {
		for i := 0; ; i++ {
			select {
			case out <- i:
			case <-stop:
				return
			}
		}
	}()
	<-out
	close(stop)
}

var _ = run(func() { stopChanMissed(fails) })

func stopChanMissed(f func() error) {
	stop := make(chan struct{})
	out := make(chan int)
	go func() {
		for i := 0; ; i++ {
			select { // stuck abandoned-sender
			case out <- i:
			case <-stop:
				return
			}
		}
	}()
	<-out
	if f() != nil {
		return
	}
	close(stop)
}
